import type { DecisionCount } from '../../src/measures/decision.ts'
import type { TallyText } from './decision-facts.ts'
import { isOpenObjection, objectionStatus } from './objection-facts.ts'
import { openObjections, type Round } from './round-facts.ts'

/** A round counted at a moment: what the rule of its class looks at, and how it is told. */
export interface RoundCount {
  readonly count: DecisionCount
  readonly tally: TallyText
}

/**
 * Counts a round. The electorate is the people frozen when it opened; of these, whoever is not here (on leave, or gone)
 * is in it only with an answer to the version there is now. Whom a recall concerns is heard and not counted. Silence is
 * no answer, unless the community has a rule that says so, and then once the window is over; it never is a consent.
 */
export function countOf(round: Round, t: number, isHere: (personId: string) => boolean): RoundCount {
  const { proposerId, concernsIds, snapshot } = round.submitted
  const objectors = new Set(openObjections(round, t).map(({ objectorId }) => objectorId))
  const setAside = [...round.objections.values()].filter((each) => objectionStatus(each, t) === 'set-aside')
  const heard = new Set(setAside.map(({ objectorId }) => objectorId))
  const stances = { consent: 0, aside: 0 }
  let electorate = 0
  let answers = 0
  let open = 0
  let proposerIsIn = false
  for (const personId of round.eligible) {
    if (concernsIds.includes(personId)) continue
    const position = round.positions.get(personId)
    const stance = position?.version === round.version ? position.stance : undefined
    const answered = stance !== undefined || objectors.has(personId) || heard.has(personId)
    if (!answered && !isHere(personId)) continue
    electorate += 1
    if (personId === proposerId) proposerIsIn = true
    else if (answered) answers += 1
    if (stance) stances[stance] += 1
    if (objectors.has(personId)) open += 1
  }
  const others = electorate - (proposerIsIn ? 1 : 0)
  const silent = others - answers
  const readsSilence = snapshot.silenceMeans === 'no-objection' && t >= round.closesAt
  return {
    count: {
      electorate,
      proposerIsIn,
      answers: readsSilence ? others : answers,
      consents: stances.consent,
      openObjections: open,
    },
    tally: {
      electorate,
      consents: stances.consent,
      asides: stances.aside,
      openObjections: open,
      setAside: setAside.length,
      stated: stances.consent + open,
      silent,
    },
  }
}

/**
 * Since when somebody objects alone (ms): from their objection on, or from when the last of the others was met, taken
 * back or set aside with effect. undefined while somebody else objects too.
 */
export function aloneSince(round: Round, objectionId: string, t: number): number | undefined {
  const own = round.objections.get(objectionId)
  if (!own || !isOpenObjection(own, t)) return undefined
  let since = own.raisedAt
  for (const other of round.objections.values()) {
    if (other.objectorId === own.objectorId) continue
    if (isOpenObjection(other, t)) return undefined
    since = Math.max(since, other.ended?.at ?? other.settingAside?.takesEffectAt ?? since)
  }
  return since
}
