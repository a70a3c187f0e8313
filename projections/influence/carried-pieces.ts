import { COMPONENTS, type Component } from '../../commands/influence/component-facts.ts'
import { readInvitation } from '../../commands/influence/hosting-facts.ts'
import { readTies, tiedWith } from '../../commands/influence/tie-facts.ts'
import type { AskContext } from '../../src/kernel/define-question.ts'
import { refOf } from '../people/person-refs.ts'
import { personIdsOf } from '../people/view.ts'
import { roleRefOf } from '../roles/role-refs.ts'
import { inOrder } from '../roster/in-order.ts'
import type { InfluenceViews } from './asked-influence.ts'
import type { Counted } from './counted.ts'

/** Something a person carries, with the part of their influence it is. */
export interface Piece {
  readonly what: Component
  readonly about: { readonly id: string; readonly name: string | null }
  readonly level: number
  /** How it is offered to others. */
  readonly how: string
}

const HOW = {
  roleHeld:
    'Offer a handover of the role, to one person or to several together (HandOverRole), or step back (StepBack).',
  understudy: 'End learning it (EndUnderstudy), or take it over when your turn comes.',
  hosting: 'Ask somebody to host it with you (OfferHosting), or make everybody at home (MakeYourselfAtHome).',
  mentoring: 'Say which other mentor they might ask, and end the mentorship when they have one (EndMentorship).',
  partner: 'Say whom else they might ask, and end the tie when they have (EndAccountability).',
} as const

/** What somebody carries at a moment, each with its part of their influence; by kind, then by name. */
export function piecesOf(
  views: InfluenceViews,
  personId: string,
  counted: Counted,
  context: AskContext,
): readonly Piece[] {
  const pieces = [...standing(views, personId, counted, context), ...ties(views, personId, counted, context)]
  return inOrder(pieces, ({ what, about }) => [COMPONENTS.indexOf(what), about.name ?? '', about.id])
}

/** Roles and gatherings: the levels that stand. */
function standing(views: InfluenceViews, personId: string, { parameters }: Counted, context: AskContext): Piece[] {
  const { facts } = views.influence.live
  const { asOf, revision } = context
  const person = views.people.people.get(personId)
  const ids = person ? personIdsOf(views.people, person, revision) : new Set([personId])
  const levels = new Map<string, { what: keyof typeof HOW; about: Piece['about']; level: number }>()
  for (const group of facts.groups()) {
    for (const { at, personId: whose, component, standing: by } of facts.stepsOf(group, revision, parameters)) {
      if (at > asOf || by === 0 || !ids.has(whose)) continue
      if (component !== 'roleHeld' && component !== 'understudy' && component !== 'hosting') continue
      const about = component === 'hosting' ? gatheringOf(views, group, context) : roleOf(views, group, context)
      const key = `${component} ${about.id}`
      levels.set(key, { what: component, about, level: (levels.get(key)?.level ?? 0) + by })
    }
  }
  return [...levels.values()].flatMap((each) => (each.level > 1e-9 ? [{ ...each, how: HOW[each.what] }] : []))
}

/** Ties: what they come to together is capped, so each is an equal part of it. */
function ties(views: InfluenceViews, personId: string, { vectors }: Counted, context: AskContext): Piece[] {
  const { facts } = views.influence.live
  return (['mentoring', 'partner'] as const).flatMap((what) => {
    const group = `${what === 'mentoring' ? 'mentor' : 'partner'} ${personId}`
    const others = [...tiedWith(readTies(facts.entries(group, context.revision)), context.asOf)]
    const level = (vectors.get(personId)?.get(what) ?? 0) / others.length
    return others.map((id) => ({
      what,
      about: { id, name: refOf(views.people, id, context).name },
      level,
      how: HOW[what],
    }))
  })
}

function gatheringOf({ influence }: InfluenceViews, group: string, { revision }: AskContext): Piece['about'] {
  const life = readInvitation(influence.live.facts.entries(group, revision))?.life
  return { id: life?.invitationId ?? group, name: life?.title ?? null }
}

function roleOf({ influence, roles }: InfluenceViews, group: string, context: AskContext): Piece['about'] {
  return roleRefOf(roles, influence.live.facts.roleOf(group), context)
}
