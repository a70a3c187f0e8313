import shared from '@eventstore/db-client/generated/shared_pb.js'
import type { AppendReq, ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import streams from '@eventstore/db-client/generated/streams_pb.js'
import type { AppendOutcome, ExpectedRevision, Place, Proposed, Stored } from './log.ts'

const TICKS_OF_1970 = 621_355_968_000_000_000n

/** The header of an append: where it goes and what it expects. */
export function targetOf(request: AppendReq): { stream: string; expected: ExpectedRevision } | undefined {
  const options = request.getOptions()
  if (!request.hasOptions() || options === undefined) return undefined
  const stream = nameOf(options.getStreamIdentifier()?.getStreamName_asU8())
  if (options.hasNoStream()) return { stream, expected: 'no_stream' }
  if (options.hasAny()) return { stream, expected: 'any' }
  if (options.hasStreamExists()) return { stream, expected: 'stream_exists' }
  return { stream, expected: Number(options.getRevision()) }
}

export function proposedOf(request: AppendReq): Proposed | undefined {
  const message = request.getProposedMessage()
  if (message === undefined) return undefined
  const metadata = message.getMetadataMap()
  return {
    id: message.getId()?.getString() ?? '',
    type: metadata.get('type') ?? '',
    contentType: metadata.get('content-type') ?? '',
    data: Buffer.from(message.getData_asU8()),
    metadata: Buffer.from(message.getCustomMetadata_asU8()),
  }
}

export function appendAnswer(outcome: AppendOutcome, expected: ExpectedRevision) {
  const answer = new streams.AppendResp()
  if (outcome.kind === 'done') {
    const success = new streams.AppendResp.Success()
    if (outcome.last === undefined) return answer.setSuccess(success.setNoStream(new shared.Empty()))
    const position = new streams.AppendResp.Position()
    position.setCommitPosition(String(outcome.last.commit)).setPreparePosition(String(outcome.last.prepare))
    return answer.setSuccess(success.setCurrentRevision(String(outcome.last.revision)).setPosition(position))
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion()
  if (outcome.current < 0) wrong.setCurrentNoStream(new shared.Empty())
  else wrong.setCurrentRevision(String(outcome.current))
  if (typeof expected === 'number') wrong.setExpectedRevision(String(expected))
  else if (expected === 'no_stream') wrong.setExpectedNoStream(new shared.Empty())
  else wrong.setExpectedAny(new shared.Empty())
  return answer.setWrongExpectedVersion(wrong)
}

/** The stream that a read is of; undefined for one of everything. */
export function readStreamOf(options: ReadReq.Options): string | undefined {
  const stream = options.getStream()
  return stream === undefined ? undefined : nameOf(stream.getStreamIdentifier()?.getStreamName_asU8())
}

export function eventAnswer(event: Stored): ReadResp {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
  recorded.setId(new shared.UUID().setString(event.id))
  recorded.setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(event.stream)))
  recorded.setStreamRevision(String(event.revision))
  recorded.setCommitPosition(String(event.commit)).setPreparePosition(String(event.prepare))
  recorded.getMetadataMap().set('type', event.type)
  recorded.getMetadataMap().set('content-type', event.contentType)
  recorded.getMetadataMap().set('created', String(TICKS_OF_1970))
  recorded.setData(new Uint8Array(event.data)).setCustomMetadata(new Uint8Array(event.metadata))
  const read = new streams.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(String(event.commit))
  return new streams.ReadResp().setEvent(read)
}

export function missingAnswer(stream: string): ReadResp {
  const missing = new streams.ReadResp.StreamNotFound()
  missing.setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(stream)))
  return new streams.ReadResp().setStreamNotFound(missing)
}

export function confirmationAnswer(id: string): ReadResp {
  return new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(id))
}

export function checkpointAnswer({ commit, prepare }: Place): ReadResp {
  const checkpoint = new streams.ReadResp.Checkpoint()
  checkpoint.setCommitPosition(String(commit)).setPreparePosition(String(prepare))
  return new streams.ReadResp().setCheckpoint(checkpoint)
}

function nameOf(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('utf8')
}
