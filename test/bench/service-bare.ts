import { run } from 'probot'

/*
 * A bare Probot App, as its documentation begins: the usual server, a handler that does nothing.
 * The measure for our acknowledgements; settings come from the environment, as for ours.
 */
await run((app) => {
  app.on('pull_request.synchronize', () => undefined)
})
