import { parseArgs } from 'node:util'
import { StandInLog } from './log.ts'
import { StandIn } from './stand-in.ts'

// A stand-in as a process of its own: prints its address on its first line and runs until it is killed.
const { values } = parseArgs({ options: { file: { type: 'string' } } })
const standIn = await StandIn.start({ log: new StandInLog(values.file) })
process.stdout.write(`${standIn.url}\n`)
