const DAY_MS = 86_400_000

export type Kind = 'standard' | 'significant'

interface ModelObjection {
  readonly id: string
  readonly by: string
  ended: boolean
  /** When it stops counting, where a second has set it aside. */
  effectAt: number | undefined
}

/** A round as the model keeps it: no more than what adoption looks at. */
export interface ModelRound {
  readonly id: string
  readonly kind: Kind
  readonly proposer: string
  version: number
  closesAt: number
  timeGiven: boolean
  movedAt: number
  adopted: boolean
  readonly answers: Map<string, { readonly version: number; readonly stance: 'consent' | 'aside' }>
  readonly objections: ModelObjection[]
}

/**
 * What proposal rounds promise, in the fewest words: a small second telling of the rules, for rounds of four members, that
 * the server is held to.
 */
export class RoundModel {
  now: number
  readonly members: readonly string[]
  readonly away = new Set<string>()
  readonly rounds: ModelRound[] = []

  constructor(members: readonly string[], now: number) {
    this.members = members
    this.now = now
  }

  submitted(id: string, kind: Kind, proposer: string): void {
    const closesAt = this.now + (kind === 'standard' ? 5 : 7) * DAY_MS
    const moved = { movedAt: this.now, adopted: false, timeGiven: false }
    this.rounds.push({ id, kind, proposer, version: 1, closesAt, ...moved, answers: new Map(), objections: [] })
  }

  isOpen(round: ModelRound): boolean {
    return !round.adopted && this.now < Math.max(round.movedAt + 30 * DAY_MS, round.closesAt + DAY_MS)
  }

  openObjections({ objections }: ModelRound): readonly ModelObjection[] {
    return objections.filter(({ ended, effectAt }) => !ended && (effectAt === undefined || this.now < effectAt))
  }

  mayAnswer(round: ModelRound, who: string, version: number): boolean {
    return this.isOpen(round) && version === round.version && !this.openObjections(round).some(({ by }) => by === who)
  }

  answered(round: ModelRound, who: string, stance: 'consent' | 'aside'): void {
    const before = round.answers.get(who)
    // The same answer once more is no movement.
    if (before?.version === round.version && before.stance === stance) return
    round.answers.set(who, { version: round.version, stance })
    round.movedAt = this.now
  }

  newVersion(round: ModelRound): void {
    round.version += 1
    round.closesAt = Math.max(round.closesAt, this.now + 3 * DAY_MS)
    round.timeGiven = false
    round.movedAt = this.now
  }

  /** Whether a version may be adopted now. Nobody who is silent counts, in whatever number they are. */
  mayAdopt(round: ModelRound, version: number): boolean {
    if (!this.isOpen(round) || version !== round.version || this.now < round.closesAt) return false
    if (this.openObjections(round).length > 0) return false
    const said = (who: string) => {
      const answer = round.answers.get(who)
      return answer?.version === round.version ? answer.stance : undefined
    }
    const heard = (who: string) => said(who) !== undefined || round.objections.some((o) => o.by === who && !o.ended)
    const others = this.members.filter((who) => who !== round.proposer)
    const here = others.filter((who) => heard(who) || !this.away.has(who))
    const needed = Math.min(round.kind === 'standard' ? 2 : 1, here.length)
    if (others.filter(heard).length < needed) return false
    return round.kind === 'standard' || this.members.some((who) => said(who) === 'consent')
  }
}
