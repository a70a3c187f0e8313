import { dateBounds, instantText } from '../../src/kernel/dates.ts'
import { type DecisionCount, type Lacking, lackingOf } from '../../src/measures/decision.ts'
import type { TallyText } from './decision-facts.ts'
import { objectionStatus } from './objection-facts.ts'
import { lastWindowEnds, openObjections, type Round } from './round-facts.ts'

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

/** Something adoption still needs, by the code with which it would be refused now. */
export interface Lack {
  readonly code:
    | 'UNRESOLVED_OBJECTIONS'
    | 'CONSENT_WINDOW_OPEN'
    | 'PARTICIPATION_NOT_MET'
    | 'THRESHOLD_NOT_MET'
    | 'UNTIL_IN_PAST'
  readonly facts: Readonly<Record<string, unknown>>
}

/** All that a round lacks at a moment to be adopted, what is refused first coming first; nothing where it can be. */
export function lacksOf(round: Round, { count }: RoundCount, t: number): readonly Lack[] {
  const { rule } = round.submitted.snapshot
  const secondEnds = lastWindowEnds(round)
  const lacks: Lack[] = []
  const lacking = new Map(lackingOf(rule, count, t >= secondEnds).map((each) => [each.what, each]))
  const numbers = (what: Lacking['what']) => {
    const { what: _, ...facts } = lacking.get(what) ?? { what }
    return facts
  }
  if (lacking.has('objections-met'))
    lacks.push({ code: 'UNRESOLVED_OBJECTIONS', facts: { open: openObjections(round, t).length } })
  if (t < round.closesAt) lacks.push({ code: 'CONSENT_WINDOW_OPEN', facts: { until: instantText(round.closesAt) } })
  if (lacking.has('answers')) {
    const second = t < secondEnds && rule.participation ? { secondWindowUntil: instantText(secondEnds) } : {}
    lacks.push({ code: 'PARTICIPATION_NOT_MET', facts: { ...numbers('answers'), ...second } })
  }
  if (lacking.has('consents')) lacks.push({ code: 'THRESHOLD_NOT_MET', facts: numbers('consents') })
  if (round.trialUntil !== undefined && dateBounds(round.trialUntil).earliest <= t)
    lacks.push({ code: 'UNTIL_IN_PAST', facts: { until: round.trialUntil } })
  return lacks
}
