/** What is to come, the earliest first: a binary heap. */
export class StepQueue<T extends object> {
  readonly #heap: { readonly at: number; readonly item: T }[] = []
  readonly #waiting = new Set<T>()

  has(item: T): boolean {
    return this.#waiting.has(item)
  }

  add(at: number, item: T): void {
    this.#waiting.add(item)
    const heap = this.#heap
    let place = heap.push({ at, item }) - 1
    while (place > 0) {
      const parent = (place - 1) >> 1
      if (this.#at(parent) <= this.#at(place)) return
      this.#swap(parent, place)
      place = parent
    }
  }

  /** Takes out the earliest of what is due by a moment. */
  next(by: number): T | undefined {
    const heap = this.#heap
    const [first] = heap
    if (!first || first.at > by) return undefined
    const last = heap.pop()
    if (last && heap.length > 0) {
      heap[0] = last
      this.#sink()
    }
    this.#waiting.delete(first.item)
    return first.item
  }

  #sink(): void {
    for (let place = 0; ; ) {
      const left = 2 * place + 1
      const least = this.#at(left + 1) < this.#at(left) ? left + 1 : left
      if (this.#at(place) <= this.#at(least)) return
      this.#swap(place, least)
      place = least
    }
  }

  #at(place: number): number {
    return this.#heap[place]?.at ?? Number.POSITIVE_INFINITY
  }

  #swap(a: number, b: number): void {
    const [one, other] = [this.#heap[a], this.#heap[b]]
    if (!one || !other) return
    this.#heap[a] = other
    this.#heap[b] = one
  }
}
