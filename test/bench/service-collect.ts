import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/* Loaded before a program (`node --import`): collects its garbage once a second. */
setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')
setInterval(collect, 1_000).unref()
