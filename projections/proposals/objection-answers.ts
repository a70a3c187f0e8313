import { z } from 'zod'
import { GROUNDS } from '../../commands/proposals/decision-facts.ts'
import { type Objection, objectionStatus } from '../../commands/proposals/objection-facts.ts'
import { lastMoment, type Round, roundStatus } from '../../commands/proposals/round-facts.ts'
import { heldBackBy } from '../../commands/proposals/setting-aside-facts.ts'
import { classed } from '../../src/kernel/data-class.ts'
import { instantText } from '../../src/kernel/dates.ts'
import type { AskContext } from '../../src/kernel/define-question.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import type { PeopleView } from '../people/view.ts'
import { type Step, sealedIn } from './projection.ts'

const text = z.string().nullable().meta({ description: 'null where its author was erased' })

/** An objection with all that was done with it. Whether its objector has company stands nowhere. */
export const objectionAnswer = classed(
  1,
  z.object({
    objectionId: z.string(),
    by: personRef,
    version: z.int().meta({ description: 'The version it was raised on' }),
    raisedAt: z.string(),
    argument: text,
    ground: z.enum(GROUNDS).nullable(),
    suggestion: text,
    status: z.enum(['open', 'setting-aside', 'set-aside', 'integrated', 'withdrawn']).meta({
      description: 'setting-aside: seconded, and open until it takes effect',
    }),
    standsWith: z.array(personRef).meta({ description: 'Who took it up, or saw it too after it was set aside' }),
    settingAside: z.object({
      allowed: z.boolean().meta({ description: 'Whether it may be set aside now, by the rules' }),
      because: z.string().nullable().meta({ description: 'The code with which it would be refused' }),
      from: z.string().nullable().meta({ description: 'From when on it may, if nothing changes' }),
      proposedBy: personRef.nullable(),
      reason: text,
      takesEffectAt: z.string().nullable(),
    }),
    integratedIn: z.int().nullable().meta({ description: 'The version that meets it, as its objector says' }),
  }),
)
export type ObjectionAnswer = z.output<typeof objectionAnswer>

const ORDER = ['open', 'setting-aside', 'set-aside', 'integrated', 'withdrawn'] as const

/** The objections of a round, open ones first, each group in the order they were raised. */
export function objectionAnswers(
  people: PeopleView,
  round: Round,
  steps: readonly Step[],
  context: AskContext,
): readonly ObjectionAnswer[] {
  const answers = [...round.objections.values()].map((objection) => answerOf(people, round, objection, steps, context))
  return answers.toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status))
}

function answerOf(
  people: PeopleView,
  round: Round,
  objection: Objection,
  steps: readonly Step[],
  context: AskContext,
): ObjectionAnswer {
  const moment = lastMoment(round, context.asOf)
  const { objectionId, objectorId, version, raisedAt, standsWith, settingAside, ended } = objection
  const of = (type: string) =>
    steps.findLast((step) => step.type === type && (step.data as { objectionId?: string }).objectionId === objectionId)
  const raised = of('ObjectionRaised')
  const proposed = settingAside && of('SettingAsideProposed')
  const opens = (step: Step | undefined, field: string) => {
    const sealed = step && sealedIn(step, field)
    return (sealed && context.open(sealed)) ?? null
  }
  const status = objectionStatus(objection, moment)
  const waits = roundStatus(round, context.asOf) === 'open'
  const isOpen = waits && (status === 'open' || status === 'setting-aside')
  const held = isOpen ? heldBackBy(round, objection, moment) : undefined
  const asked = held && isHeld(round, held.code) ? held : undefined
  return {
    objectionId,
    by: refOf(people, objectorId, context),
    version,
    raisedAt: instantText(raisedAt),
    argument: opens(raised, 'argument'),
    ground: (raised?.data as { ground?: ObjectionAnswer['ground'] } | undefined)?.ground ?? null,
    suggestion: opens(raised, 'suggestion'),
    status,
    standsWith: [...standsWith].map((id) => refOf(people, id, context)),
    settingAside: {
      allowed: isOpen && !asked,
      because: asked?.code ?? null,
      from: asked?.until === undefined ? null : instantText(asked.until),
      proposedBy: settingAside ? refOf(people, settingAside.by, context) : null,
      reason: opens(proposed, 'reason'),
      takesEffectAt: settingAside?.takesEffectAt === undefined ? null : instantText(settingAside.takesEffectAt),
    },
    integratedIn: ended?.inVersion ?? null,
  }
}

// Company is asked for in the mode of the community's rule; the others have no switch.
function isHeld({ submitted }: Round, code: string): boolean {
  return code !== 'LONE_OBJECTOR_NEEDS_SUPPORT' || submitted.snapshot.loneObjectorSupport === 'require'
}
