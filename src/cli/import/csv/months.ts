import { Info } from 'luxon'
import { plain } from './plain.ts'

const LOCALES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'sv', 'da', 'nb'] as const
// How months are shortened beside what the locales say.
const MORE: Readonly<Record<string, number>> = {
  sept: 9,
  mrz: 3,
  maer: 3,
  maerz: 3,
  janv: 1,
  fevr: 2,
  juil: 7,
  setp: 9,
}

const names = monthNames()

/** The number of a month (1 to 12) by its name or what it is shortened to, as `plain` makes it. */
export function monthNamed(word: string): number | undefined {
  return names.get(word)
}

function monthNames(): ReadonlyMap<string, number> {
  const found = new Map<string, number>(Object.entries(MORE))
  const contested = new Set<string>()
  for (const locale of LOCALES) {
    for (const length of ['long', 'short'] as const) {
      for (const list of [Info.months(length, { locale }), Info.monthsFormat(length, { locale })]) {
        for (const [index, name] of list.entries()) {
          const word = plain(name)
          if ((found.get(word) ?? index + 1) !== index + 1) contested.add(word)
          else if (!/\d/.test(word)) found.set(word, index + 1)
        }
      }
    }
  }
  // A word that is another month elsewhere says none.
  for (const word of contested) found.delete(word)
  return found
}
