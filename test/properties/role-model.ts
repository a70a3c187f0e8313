import { DAY } from './worlds.ts'

// The rules of the community's beginning, written down here once more: the model must not lean on what it checks.
const TERM = 182 * DAY
const HOLD_OVER = 30 * DAY
const REST = 91 * DAY
const ASK = 14 * DAY
const LEAVE_STOPS = 365 * DAY
const ROW = 2
const ROW_DAYS = 730 * DAY

interface ModelAsk {
  readonly to: string
  readonly at: number
  readonly end: number
  state: 'open' | 'closed'
}

interface ModelHolding {
  readonly who: string
  readonly from: number
  readonly lengths: number[]
  cut: number
}

interface Away {
  readonly from: number
  to: number
}

/** One role with one seat and the people who take turns in it, in plain arithmetic of milliseconds. */
export class RoleModel {
  now: number
  readonly asks: ModelAsk[] = []
  readonly holdings: ModelHolding[] = []
  readonly away = new Map<string, Away[]>()

  constructor(now: number) {
    this.now = now
  }

  /** When each term of a holding begins and ends, leave counted in. */
  terms(holding: ModelHolding): { start: number; end: number }[] {
    let left = LEAVE_STOPS
    let start = holding.from
    return holding.lengths.map((length) => {
      let end = start + length
      for (const { from, to } of this.away.get(holding.who) ?? []) {
        const begins = Math.max(from, start)
        if (begins >= end || to <= begins) continue
        const stopped = Math.min(to - begins, left)
        left -= stopped
        end += stopped
      }
      const term = { start, end }
      start = end
      return term
    })
  }

  termEnd(holding: ModelHolding): number {
    return this.terms(holding).at(-1)?.end ?? 0
  }

  /** When nobody carries a holding any longer. */
  until(holding: ModelHolding): number {
    return Math.min(holding.cut, this.termEnd(holding) + HOLD_OVER)
  }

  running(who: string): ModelHolding | undefined {
    return this.holdings.find((h) => h.who === who && this.now < this.until(h))
  }

  seatTaken(start: number, end: number, but?: ModelHolding): boolean {
    return this.holdings.some(
      (h) => h !== but && h.from < end && start < Math.min(this.until(h), this.termEnd(h)) && h.from < this.until(h),
    )
  }

  tooMany(who: string, start: number, end: number): boolean {
    const own = this.holdings
      .filter((h) => h.who === who)
      .flatMap((h) =>
        this.terms(h)
          .filter((t) => t.start < this.until(h))
          .map((t) => ({ start: t.start, end: Math.min(t.end, this.until(h)) })),
      )
    const all = [...own, { start, end }].sort((a, b) => a.start - b.start)
    let row = 0
    let days = 0
    let last = Number.NEGATIVE_INFINITY
    for (const term of all) {
      const rested = term.start - last >= REST
      row = rested ? 1 : row + 1
      days = rested ? term.end - term.start : days + term.end - term.start
      last = term.end
    }
    return row > ROW || days > ROW_DAYS
  }

  offer(to: string): string {
    const end = this.now + TERM
    if (this.seatTaken(this.now, end)) return 'NO_FREE_SEAT'
    if (this.tooMany(to, this.now, end)) return 'CONSECUTIVE_TERM_LIMIT'
    this.asks.push({ to, at: this.now, end, state: 'open' })
    return 'done'
  }

  /** The last ask to a person, and whether it still waits. */
  lastAsk(to: string): ModelAsk | undefined {
    return this.asks.findLast((ask) => ask.to === to)
  }

  waits(ask: ModelAsk): boolean {
    return ask.state === 'open' && this.now < ask.at + ASK
  }

  close(ask: ModelAsk): string {
    if (!this.waits(ask)) return 'ASK_CLOSED'
    ask.state = 'closed'
    return 'done'
  }

  accept(ask: ModelAsk): string {
    if (!this.waits(ask)) return 'ASK_CLOSED'
    if (this.seatTaken(this.now, ask.end)) return 'NO_FREE_SEAT'
    if (this.tooMany(ask.to, this.now, ask.end)) return 'CONSECUTIVE_TERM_LIMIT'
    for (const h of this.holdings) if (this.termEnd(h) <= this.now && this.now < this.until(h)) h.cut = this.now
    ask.state = 'closed'
    this.holdings.push({ who: ask.to, from: this.now, lengths: [ask.end - this.now], cut: Number.POSITIVE_INFINITY })
    return 'done'
  }

  stepBack(who: string): string {
    const holding = this.running(who)
    if (!holding) return 'NOT_THE_HOLDER'
    holding.cut = this.now
    return 'done'
  }

  renew(who: string): string {
    const holding = this.running(who)
    if (!holding) return 'NOT_THE_HOLDER'
    const last = this.terms(holding).at(-1)
    if (!last) return 'NOT_THE_HOLDER'
    if (this.now < last.end - (last.end - last.start) / 4) return 'TOO_EARLY_TO_RENEW'
    if (this.tooMany(who, last.end, last.end + TERM)) return 'CONSECUTIVE_TERM_LIMIT'
    if (this.seatTaken(last.end, last.end + TERM, holding)) return 'NO_FREE_SEAT'
    holding.lengths.push(TERM)
    return 'done'
  }

  leave(who: string): string {
    const own = this.away.get(who) ?? []
    const running = own.find(({ to }) => this.now < to)
    // Leave said again begins anew: new dates for the same leave.
    if (running) own.splice(own.indexOf(running), 1)
    this.away.set(who, [...own, { from: this.now, to: Number.POSITIVE_INFINITY }])
    return 'done'
  }

  back(who: string): string {
    const running = this.away.get(who)?.find(({ to }) => this.now < to)
    if (!running) return 'NOT_ON_LEAVE'
    running.to = this.now
    return 'done'
  }

  /** Who holds the role at a moment, how, and until when the term runs; as known now. */
  holdersAt(t: number): string[] {
    return this.holdings
      .filter((h) => h.from <= t && t < this.until(h))
      .map((h) => {
        const terms = this.terms(h)
        const term = terms.find(({ end }) => t < end) ?? terms.at(-1)
        const over = t >= this.termEnd(h)
        const gone = (this.away.get(h.who) ?? []).some(({ from, to }) => from <= t && t < to)
        return `${h.who} ${over ? 'held-over' : gone ? 'on-leave' : 'held'} ${new Date(term?.end ?? 0).toISOString()}`
      })
      .sort()
  }
}
