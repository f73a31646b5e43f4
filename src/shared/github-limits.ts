/*
 * How much GitHub takes, for all who write texts that end there. D: docs.github.com, S: published
 * OpenAPI or GraphQL schema. What concerns reading and pace is in github/limits.ts.
 */

/** Annotations in one request; more are appended by further ones. D: rest/checks/runs. */
export const annotationsPerRequest = 50
/** Of a check run's summary: characters by the OpenAPI description, bytes by GitHub's own word. */
export const summaryBytesMax = 65_535
/** Characters of a comment of any kind; longer: 422 "Body is too long". */
export const commentCharsMax = 65_536
/** Characters of a check run's title. D: rest/checks/runs. */
export const titleCharsMax = 255
/** Characters of an annotation's message; GitHub takes 64 KB. D: rest/checks/runs. */
export const annotationMessageCharsMax = 16_000
/** Buttons of a check run, and the characters of their parts. D: rest/checks/runs. */
export const actionsMax = 3
export const actionLabelCharsMax = 20
export const actionDescriptionCharsMax = 40
export const actionIdentifierCharsMax = 20
