/** What was understood rather than read, for a person to check; each once, with the lines it is about. */
export class Notes {
  readonly #lines = new Map<string, Set<number>>()

  add(text: string, line?: number): void {
    const lines = this.#lines.get(text) ?? new Set()
    if (line !== undefined) lines.add(line)
    this.#lines.set(text, lines)
  }

  get all(): readonly { readonly text: string; readonly lines: readonly number[] }[] {
    return [...this.#lines].map(([text, lines]) => ({ text, lines: [...lines].sort((a, b) => a - b) }))
  }
}
