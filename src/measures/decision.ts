/**
 * The arithmetic of decisions by consent. Nothing here knows who said what: people are counted.
 *
 * Sources: consent decision-making (no open objection: "good enough for now and safe enough to try", Sociocracy 3.0);
 * the shares and windows of the classes follow Enspiral's decisions agreement (significant: more than half of those who
 * took a position; quorum decisions: three quarters of those who are active take part) and its recall of catalysts
 * (three quarters of those who took a position, whatever is objected). That silence is no answer, and that nobody adopts
 * alone, is a rule of this project.
 */
export interface DecisionRule {
  /** Answers needed besides the proposer; of all the others where there are fewer. */
  readonly answers: number
  /** Share of the electorate (percent) that has answered, the proposer among them; a lower one after a second window. */
  readonly participation?: { readonly percent: number; readonly secondPercent: number } | undefined
  /** Share of the stated positions (percent) that are consents: at least so many, or more than so many. */
  readonly consent?: { readonly percent: number; readonly orMore: boolean } | undefined
  /** Whether nothing is adopted over an open objection. */
  readonly objectionsStop: boolean
}

/** A round in numbers. */
export interface DecisionCount {
  /** Who may answer and is here, and whoever did answer; the proposer among them where they may answer. */
  readonly electorate: number
  /** The proposer is of the electorate. */
  readonly proposerIsIn: boolean
  /** People other than the proposer who consent to the version, stand aside, or object. */
  readonly answers: number
  readonly consents: number
  /** People with an open objection. */
  readonly openObjections: number
}

/** What adoption still needs; a round that lacks nothing can be adopted. */
export type Lacking =
  | { readonly what: 'objections-met'; readonly open: number }
  | { readonly what: 'answers'; readonly answers: number; readonly needed: number; readonly of: number }
  | { readonly what: 'consents'; readonly consents: number; readonly needed: number; readonly stated: number }

/**
 * What a round lacks by the rule of its class, most telling first. Stated positions are consents and open objections;
 * standing aside and silence are outside.
 * @param secondWindowOver whether the second window has passed, so that its lower share is enough.
 */
export function lackingOf(rule: DecisionRule, count: DecisionCount, secondWindowOver: boolean): readonly Lacking[] {
  const lacking: Lacking[] = []
  if (rule.objectionsStop && count.openObjections > 0)
    lacking.push({ what: 'objections-met', open: count.openObjections })
  const participation = participationLacking(rule, count, secondWindowOver)
  if (participation) lacking.push(participation)
  if (rule.consent) {
    const stated = count.consents + count.openObjections
    const needed = neededOf(rule.consent, stated)
    if (count.consents < needed) lacking.push({ what: 'consents', consents: count.consents, needed, stated })
  }
  return lacking
}

function participationLacking(
  { answers: atLeast, participation }: DecisionRule,
  { electorate, proposerIsIn, answers }: DecisionCount,
  secondWindowOver: boolean,
): Lacking | undefined {
  const proposer = proposerIsIn ? 1 : 0
  const others = electorate - proposer
  const needed = Math.min(atLeast, others)
  if (answers < needed) return { what: 'answers', answers, needed, of: others }
  if (!participation) return undefined
  const percent = secondWindowOver ? participation.secondPercent : participation.percent
  const share = Math.ceil((percent * electorate) / 100)
  const answered = answers + proposer
  return answered < share ? { what: 'answers', answers: answered, needed: share, of: electorate } : undefined
}

// At least one: where nobody has taken a position, nobody has consented.
function neededOf({ percent, orMore }: { percent: number; orMore: boolean }, stated: number): number {
  const share = (percent * stated) / 100
  return Math.max(1, orMore ? Math.ceil(share) : Math.floor(share) + 1)
}
