import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { StandIn } from './stand-in.ts'

// Runs a command with HEARTHBOOK_STORE naming a stand-in that lives as long: npm run test:stand-in
const [command = '', ...args] = process.argv.slice(2)
const standIn = await StandIn.start()
const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, HEARTHBOOK_STORE: standIn.url } })
const [code] = await once(child, 'exit')
await standIn.stop()
process.exitCode = Number(code ?? 1)
