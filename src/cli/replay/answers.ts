/** The answers of the replay questions as the API gives them, as far as words are made of them. */

export interface PersonTold {
  readonly id: string
  readonly name: string | null
}

export interface HoldingTold {
  readonly holdingId: string
  readonly person: PersonTold
  readonly role: { readonly id: string; readonly name: string }
  readonly circle: { readonly id: string; readonly name: string }
  readonly kind: string
  readonly from: string
  readonly to: string | null
  readonly certainty: string
  readonly disputed: boolean
  readonly status: string
  readonly termEnd: string | null
  readonly onBehalfOf: PersonTold | null
  readonly basis: string
}

export interface DifferenceTold {
  readonly before: HoldingTold | null
  readonly after: HoldingTold | null
}

export interface ExplainedTold extends DifferenceTold {
  readonly because: readonly { readonly revision: number; readonly type: string; readonly how: 'recorded' | 'date' }[]
}

export interface EventTold {
  readonly id: string
  readonly revision: number
  readonly type: string
  readonly actor: string
  readonly person: PersonTold | null
  readonly via: string
  readonly effectiveAt: string
  readonly recordedAt: string
  readonly data: Readonly<Record<string, unknown>>
}

export interface MomentTold {
  readonly at: string
  readonly so: readonly HoldingTold[]
  readonly shown: readonly HoldingTold[]
}

export interface StepTold {
  readonly at: string
  readonly recorded: readonly EventTold[]
  readonly so: readonly DifferenceTold[]
  readonly shown: readonly DifferenceTold[]
  readonly apart: readonly ExplainedTold[]
}

export interface WalkTold {
  readonly window: { readonly from: string; readonly to: string }
  readonly opening: MomentTold
  readonly steps: readonly StepTold[]
  readonly closing: MomentTold
  readonly next: string | null
}

export interface DifferencesTold {
  readonly differences: readonly ExplainedTold[]
}
