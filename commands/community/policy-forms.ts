import { z } from 'zod'

/** Whether a guard is off, says what it noticed, or stops the act. */
export const guardMode = z.enum(['off', 'warn', 'require'])
export type GuardMode = z.output<typeof guardMode>

/** A number of days within a range. */
export const days = (min: number, max: number) => z.int().min(min).max(max)

/** How much a role carries, as a limit from which a rule looks at it. */
export const weightLimit = () => z.number().min(0).max(5)

type Shape = Readonly<Record<string, z.ZodType>>
type Values<S extends Shape> = { readonly [K in keyof S]: z.output<S[K]> }

/** The rules of one area that a community may set for itself. */
export interface AreaPolicies<S extends Shape> {
  /** By key, the values it may have, with what it means as their `description`. */
  readonly shape: S
  /** The values a congregation begins with. */
  readonly hospitality: Values<S>
  /** Those a crew begins with, where they are others: there every guard only warns. */
  readonly crew?: Partial<Values<S>>
  /** Where a default comes from, by key; one that is not here is a convention of this project. */
  readonly from?: Readonly<Partial<Record<keyof S, string>>>
}

/** Declares the rules of an area. Every key is read by a rule: one that nothing reads would promise what does not happen. */
export function definePolicies<const S extends Shape>(policies: AreaPolicies<S>): AreaPolicies<S> {
  return policies
}
