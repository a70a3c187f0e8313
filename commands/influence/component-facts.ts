/** The kinds of influence that are told apart, in the order answers show them. */
export const COMPONENTS = [
  'roleHeld',
  'understudy',
  'hosting',
  'mentoring',
  'partner',
  'invitationAccepted',
  'contribution',
  'takingPart',
  'proposalAdopted',
  'objectionIntegrated',
] as const
export type Component = (typeof COMPONENTS)[number]

/** Influence by an office that everybody can see; all other is informal. */
export const FORMAL: ReadonlySet<Component> = new Set<Component>(['roleHeld', 'understudy', 'hosting'])

/** Care for others and dissent: they count as influence, and cost no duties. */
export const WITHOUT_DUTIES: ReadonlySet<Component> = new Set<Component>([
  'mentoring',
  'partner',
  'objectionIntegrated',
])

/** What each kind counts, and the most some of them come to. */
export type InfluenceWeights = Readonly<Record<Component | Most, number>>
type Most = 'mentoringMost' | 'partnerMost' | 'invitationAcceptedMost' | 'contributionMost'

/**
 * The weights a community begins with. No source gives values: they are conventions, which is why answers show the kinds
 * apart and how far the weights matter.
 */
export const STANDARD_WEIGHTS: InfluenceWeights = {
  /** For each unit of a role's weight. */
  roleHeld: 1,
  /** For each unit of the role's weight. */
  understudy: 0.25,
  /** For a gathering while it is open, shared by those who host it. */
  hosting: 2,
  /** For each person one is mentor of. */
  mentoring: 0.5,
  mentoringMost: 2,
  /** For each person who answers to one. */
  partner: 0.25,
  partnerMost: 1,
  /** For each yes, shared by those who invited. */
  invitationAccepted: 0.5,
  /** For one invitation. */
  invitationAcceptedMost: 5,
  /** For each hour. */
  contribution: 0.1,
  /** For one person and gathering. */
  contributionMost: 3,
  /** For each gathering. */
  takingPart: 0.1,
  /** For each, to whoever proposed it. */
  proposalAdopted: 2,
  /** For each, to whoever objected. */
  objectionIntegrated: 1,
}

/** How influence is counted. */
export interface InfluenceParameters {
  readonly weights: InfluenceWeights
  /** Each role held counts 1, whatever it carries and however many share it, and nothing else counts. */
  readonly unit?: boolean
  /** ms; undefined where what is over leaves nothing and acts of a moment do not count. */
  readonly halfLife: number | undefined
  readonly baseline: number
}

/** A step in one person's influence of one kind, with what it is about. */
export interface InfluenceStep {
  readonly personId: string
  readonly component: Component
  readonly at: number
  readonly standing: number
  readonly decaying: number
  /** The circle of the role, where it is one. */
  readonly circleId?: string
  /** The invitation or gathering, where it is one. */
  readonly invitationId?: string
}
