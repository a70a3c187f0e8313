import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js'
import gossip, { type ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js'
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js'
import features, { type SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js'
import type { Empty } from '@eventstore/db-client/generated/shared_pb.js'
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js'
import type { AppendReq, AppendResp, ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import {
  type Metadata,
  Server,
  ServerCredentials,
  type ServerReadableStream,
  type ServerWritableStream,
  type sendUnaryData,
} from '@grpc/grpc-js'
import { type Answer, type Call, type Fault, maxAppendSizeExceeded, metadataOf, notLeader } from './faults.ts'
import { Gate } from './gate.ts'
import { type Proposed, StandInLog, type Stored } from './log.ts'
import {
  appendAnswer,
  checkpointAnswer,
  confirmationAnswer,
  eventAnswer,
  missingAnswer,
  proposedOf,
  readStreamOf,
  targetOf,
} from './messages.ts'

/*
 * A stand-in for EventStoreDB on the wire: a gRPC server over the service definitions that the client itself was
 * generated with, which keeps events in memory.
 *
 * It proves what the adapter does with what comes over the wire: calls in the form they have to have, every shape of
 * error, answers that never come, connections that break, nodes that do not lead, subscriptions that end, checkpoints
 * ahead of what was taken. A healthy server shows none of this on demand.
 *
 * It cannot prove how a server behaves: that it keeps to the rules of revisions and repetition written down in `log.ts`
 * from its source, enforces access, replicates, survives a crash, scavenges, or is fast. It takes no TLS and asks nobody
 * who they are. What is written on it has to pass on a real server too, and the contract suite is run on both.
 */

export interface StandInOptions {
  /** Shared with another stand-in: two nodes of one cluster. */
  readonly log?: StandInLog
  /** Where the leader is, for a node that does not lead. */
  readonly leader?: () => StandIn
  /** Events looked at between two checkpoints, whatever is asked for. */
  readonly checkpointEvery?: number
}

interface Seen {
  readonly call: Call | 'batchAppend' | 'features'
  readonly stream: string
  readonly requiresLeader: boolean
  /** Of a subscription: the place it was to go on after. */
  readonly after?: string
}

const MAX_APPEND_BYTES = 1024 * 1024
const LEADER = 8
const FOLLOWER = 5
const ALL = '$all'

/** A running stand-in. */
export class StandIn {
  readonly log: StandInLog
  readonly gate: Gate
  /** Every call that came. */
  readonly seen: Seen[] = []
  /** Subscriptions that are open now. */
  subscriptions = 0
  /** The most appends to one stream that were under way at once. */
  mostAtOnce = 0
  readonly #options: StandInOptions
  readonly #server: Server
  readonly #planned: { readonly call: Call; readonly on: (stream: string) => boolean; readonly fault: Fault }[] = []
  readonly #underWay = new Map<string, number>()
  #members: readonly StandIn[] = [this]

  private constructor(server: Server, port: number, options: StandInOptions) {
    this.#server = server
    this.#options = options
    this.log = options.log ?? new StandInLog()
    this.gate = new Gate(port)
  }

  static async start(options: StandInOptions = {}): Promise<StandIn> {
    const server = new Server()
    let standIn: StandIn | undefined
    const ready = () => {
      if (standIn === undefined) throw new Error('a call came before the stand-in was ready')
      return standIn
    }
    server.addService(StreamsService, {
      append: (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>) =>
        ready().#append(call, answer),
      read: (call: ServerWritableStream<ReadReq, ReadResp>) => ready().#read(call),
      batchAppend: (call: { end(): void }) => {
        ready().seen.push({ call: 'batchAppend', stream: '', requiresLeader: false })
        call.end()
      },
    })
    server.addService(GossipService, {
      read: (_call: { request: Empty }, answer: sendUnaryData<ClusterInfo>) => ready().#gossip(answer),
    })
    server.addService(ServerFeaturesService, {
      getSupportedMethods: (_call: { request: Empty }, answer: sendUnaryData<SupportedMethods>) =>
        ready().#features(answer),
    })
    const bind = promisify(server.bindAsync.bind(server))
    const port = await bind('127.0.0.1:0', ServerCredentials.createInsecure())
    standIn = new StandIn(server, port ?? 0, options)
    await standIn.gate.open()
    return standIn
  }

  /** The connection string of this node alone. */
  get url(): string {
    return `esdb://127.0.0.1:${this.gate.port}?tls=false`
  }

  /** The nodes that gossip names, this one included. */
  set members(members: readonly StandIn[]) {
    this.#members = members
  }

  /** Plans what goes wrong with the next calls of a kind, in this order; by default those on streams of books. */
  plan(call: Call, faults: Fault | readonly Fault[], on = (stream: string) => stream.startsWith('hearthbook-')): void {
    const each = Array.isArray(faults) ? (faults as readonly Fault[]) : [faults as Fault]
    for (const fault of each)
      this.#planned.push({ call, on: call === 'append' || call === 'read' ? on : () => true, fault })
  }

  /** Whether everything that was planned has happened. */
  get hasNothingPlanned(): boolean {
    return this.#planned.length === 0
  }

  async stop(): Promise<void> {
    await this.gate.shut()
    this.#server.forceShutdown()
  }

  #append(call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): void {
    const requests: AppendReq[] = []
    call.on('error', () => undefined)
    call.on('data', (request: AppendReq) => requests.push(request))
    call.on('end', () => void this.#appendAll(call.metadata, requests, answer))
  }

  async #appendAll(headers: Metadata, [first, ...rest]: readonly AppendReq[], answer: sendUnaryData<AppendResp>) {
    const target = first && targetOf(first)
    if (target === undefined) return answer({ code: 13, details: 'no options came first' })
    const { stream, expected } = target
    if (this.#sendsToLeader('append', stream, headers, (error) => refuse(answer, error))) return
    const under = (this.#underWay.get(stream) ?? 0) + 1
    this.#underWay.set(stream, under)
    this.mostAtOnce = Math.max(this.mostAtOnce, under)
    const events = rest.flatMap((request) => proposedOf(request) ?? [])
    const carryOut = () => this.log.append(stream, expected, events)
    const fault = this.#take('append', stream)
    await fault?.waitFor
    this.#underWay.set(stream, under - 1)
    if (bytesOf(events) > MAX_APPEND_BYTES) return refuse(answer, maxAppendSizeExceeded(MAX_APPEND_BYTES))
    if (fault?.ends === undefined) return answer(null, appendAnswer(carryOut(), expected))
    if (fault.carriedOut) carryOut()
    if (fault.ends === 'drop') this.gate.drop()
    else if (typeof fault.ends === 'object') refuse(answer, fault.ends)
  }

  async #read(call: ServerWritableStream<ReadReq, ReadResp>): Promise<void> {
    call.on('error', () => undefined)
    const options = call.request.getOptions()
    if (options === undefined) return void call.end()
    const stream = readStreamOf(options) ?? ALL
    const name = options.hasSubscription() ? 'subscribe' : 'read'
    const refused = (error: Answer) => call.emit('error', { ...error, metadata: metadataOf(error) })
    if (this.#sendsToLeader(name, stream, call.metadata, refused)) return
    const fault = this.#take(name, stream)
    await fault?.waitFor
    if (options.hasSubscription()) return this.#subscribe(call, options, fault, refused)
    const events = this.#selected(options, stream)
    const sent = fault?.after ?? (fault?.ends === undefined ? events.length : 0)
    if (events.length === 0 && stream !== ALL && this.log.stream(stream).length === 0 && fault?.ends === undefined)
      call.write(missingAnswer(stream))
    for (const event of events.slice(0, sent)) call.write(eventAnswer(event))
    this.#finish(call, fault, refused)
  }

  #selected(options: ReadReq.Options, stream: string): readonly Stored[] {
    const all = stream === ALL ? this.log.all : this.log.stream(stream)
    const count = Number(options.getCount())
    const of = options.getStream()
    if (options.getReadDirection() === 1) return all.slice(-count).toReversed()
    const from = of?.hasRevision() ? Number(of.getRevision()) : 0
    return all.slice(from, Math.min(all.length, from + count))
  }

  async #subscribe(
    call: ServerWritableStream<ReadReq, ReadResp>,
    options: ReadReq.Options,
    fault: Fault | undefined,
    refused: (error: Answer) => unknown,
  ): Promise<void> {
    const all = options.getAll()
    const position = all?.getPosition()
    let next = all?.hasEnd() ? this.log.all.length : 0
    const after = position && `${position.getCommitPosition()}/${position.getPreparePosition()}`
    this.seen.push({
      call: 'subscribe',
      stream: ALL,
      requiresLeader: false,
      after: after ?? (next === 0 ? 'start' : 'end'),
    })
    if (position !== undefined)
      next = this.log.after({
        commit: BigInt(position.getCommitPosition()),
        prepare: BigInt(position.getPreparePosition()),
      })
    const prefixes = options.getFilter()?.getStreamIdentifier()?.getPrefixList() ?? ['']
    const filter = options.getFilter()
    const every =
      this.#options.checkpointEvery ?? (filter?.getMax() ?? 32) * (filter?.getCheckpointintervalmultiplier() ?? 1)
    const gone = new AbortController()
    this.subscriptions += 1
    gone.signal.addEventListener('abort', () => {
      this.subscriptions -= 1
    })
    for (const end of ['cancelled', 'close', 'finish']) call.on(end, () => gone.abort())
    call.write(confirmationAnswer(randomUUID()))
    let sent = 0
    for (let looked = 0; !gone.signal.aborted; ) {
      if (fault?.ends !== undefined && sent >= (fault.after ?? 0)) return this.#finish(call, fault, refused)
      const event = this.log.all[next]
      if (event === undefined) {
        await once(this.log.bell, 'appended', { signal: gone.signal }).catch(() => undefined)
        continue
      }
      next += 1
      looked += 1
      if (prefixes.some((prefix) => event.stream.startsWith(prefix))) {
        sent += 1
        if (!call.write(eventAnswer(event)) && !gone.signal.aborted)
          await once(call, 'drain', { signal: gone.signal }).catch(() => undefined)
      }
      if (looked % every === 0) call.write(checkpointAnswer(event))
    }
  }

  #finish(
    call: ServerWritableStream<ReadReq, ReadResp>,
    fault: Fault | undefined,
    refused: (error: Answer) => unknown,
  ): void {
    if (fault?.ends === undefined || fault.ends === 'early') call.end()
    else if (fault.ends === 'drop') this.gate.drop()
    else if (typeof fault.ends === 'object') refused(fault.ends)
  }

  #gossip(answer: sendUnaryData<ClusterInfo>): void {
    this.seen.push({ call: 'gossip', stream: '', requiresLeader: false })
    const fault = this.#take('gossip', '')
    if (typeof fault?.ends === 'object') refuse(answer, fault.ends)
    if (fault?.ends !== undefined) return
    const members = this.#members.map((standIn) => {
      const endPoint = new gossip.EndPoint().setAddress('127.0.0.1').setPort(standIn.gate.port)
      const state = standIn.#options.leader === undefined ? LEADER : FOLLOWER
      return new gossip.MemberInfo().setTimeStamp('0').setIsAlive(true).setState(state).setHttpEndPoint(endPoint)
    })
    answer(null, new gossip.ClusterInfo().setMembersList(members))
  }

  #features(answer: sendUnaryData<SupportedMethods>): void {
    this.seen.push({ call: 'features', stream: '', requiresLeader: false })
    const method = new features.SupportedMethod()
    method.setServiceName('event_store.client.streams.streams').setMethodName('batchappend')
    answer(null, new features.SupportedMethods().setEventStoreServerVersion('23.10.0').setMethodsList([method]))
  }

  #sendsToLeader(
    call: 'append' | 'read' | 'subscribe',
    stream: string,
    headers: Metadata,
    refused: (error: Answer) => unknown,
  ): boolean {
    const requiresLeader = headers.get('requires-leader')[0] === 'true'
    if (call !== 'subscribe') this.seen.push({ call, stream, requiresLeader })
    const leader = this.#options.leader?.()
    if (leader === undefined || !requiresLeader) return false
    refused(notLeader('127.0.0.1', leader.gate.port))
    return true
  }

  #take(call: Call, stream: string): Fault | undefined {
    const index = this.#planned.findIndex((planned) => planned.call === call && planned.on(stream))
    return index < 0 ? undefined : this.#planned.splice(index, 1)[0]?.fault
  }
}

function refuse<T>(answer: sendUnaryData<T>, error: Answer): void {
  answer({ code: error.code, details: error.details, metadata: metadataOf(error) })
}

function bytesOf(events: readonly Proposed[]): number {
  return events.reduce((bytes, { data, metadata, type }) => bytes + data.length + metadata.length + type.length * 2, 0)
}
