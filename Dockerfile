# The service as a small image: a Node binary, the compiled program and its run-time packages, on a
# base without a shell or a package manager. Everything comes from package-lock.json.
#
#   docker build -t threat-model-bot .
#   docker run --read-only --cap-drop ALL -v threat-model-data:/data -p 3000:3000 \
#     -e APP_ID -e PRIVATE_KEY_FILE=/run/secrets/key -e WEBHOOK_SECRET_FILE=/run/secrets/webhook …
#
# docs/OPERATIONS.md has the rest. test/support/image.ts performs these steps without Docker.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No install scripts of anybody: nothing here needs one.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
# Types, source maps and manuals are two thirds of the packages, and no program reads them.
RUN find node_modules -type f \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' -o -name '*.md' \) -delete
RUN mkdir /data

FROM gcr.io/distroless/cc-debian12:nonroot
WORKDIR /app
COPY --from=build /usr/local/bin/node /usr/local/bin/node
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/package.json ./package.json
# A new volume takes its owner from here: 65532 is the user of this base.
COPY --from=build --chown=65532:65532 /data /data
ENV NODE_ENV=production DATA_DIR=/data HOST=0.0.0.0 PORT=3000
USER 65532:65532
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--v8-pool-size=1", "--disable-warning=ExperimentalWarning", "dist/main.js"]
