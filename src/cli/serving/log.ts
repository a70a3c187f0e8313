import { type Logger, pino } from 'pino'

/** The only fields a log line may have: none of them can hold a name, a token or anything somebody wrote. */
const ALLOWED = [
  'requestId',
  'method',
  'route',
  'status',
  'ms',
  'error',
  'signal',
  'url',
  'community',
  'revision',
] as const

/** The server's log, on standard error: JSON lines with allowed fields only. */
export function serverLog(level: string): Logger {
  return pino(
    {
      level,
      base: {},
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => Object.fromEntries(ALLOWED.flatMap((name) => (name in fields ? [[name, fields[name]]] : []))),
      },
    },
    pino.destination({ dest: 2, sync: false }),
  )
}
