import { z } from 'zod'
import { accountabilityPolicies } from '../accountability/policies.ts'
import { askPolicies } from '../asks/policies.ts'
import { gatheringPolicies } from '../gatherings/policies.ts'
import { influencePolicies } from '../influence/policies.ts'
import { invitationPolicies } from '../invitations/policies.ts'
import { proposalPolicies } from '../proposals/policies.ts'
import { rolePolicies } from '../roles/policies.ts'
import { scribePolicies } from '../scribe/policies.ts'
import type { PRESETS } from './events.ts'
import { communityPolicies } from './policies.ts'

/**
 * The rules a community may set for itself, each with the values it may have; durations in days. A rule that is not
 * here has no switch: every term ends, every tie starts with the person's own yes, nothing in a book is edited.
 */
export const policySchema = z.strictObject({
  ...rolePolicies.shape,
  ...askPolicies.shape,
  ...invitationPolicies.shape,
  ...gatheringPolicies.shape,
  ...accountabilityPolicies.shape,
  ...influencePolicies.shape,
  ...proposalPolicies.shape,
  ...scribePolicies.shape,
  ...communityPolicies.shape,
})
export type Policies = z.output<typeof policySchema>

const HOSPITALITY: Policies = {
  ...rolePolicies.hospitality,
  ...askPolicies.hospitality,
  ...invitationPolicies.hospitality,
  ...gatheringPolicies.hospitality,
  ...accountabilityPolicies.hospitality,
  ...influencePolicies.hospitality,
  ...proposalPolicies.hospitality,
  ...scribePolicies.hospitality,
  ...communityPolicies.hospitality,
}

const CREW: Partial<Policies> = {
  ...rolePolicies.crew,
  ...askPolicies.crew,
  ...invitationPolicies.crew,
  ...gatheringPolicies.crew,
  ...accountabilityPolicies.crew,
  ...influencePolicies.crew,
  ...proposalPolicies.crew,
  ...scribePolicies.crew,
  ...communityPolicies.crew,
}

const PROVENANCE: Readonly<Partial<Record<keyof Policies, string>>> = {
  ...rolePolicies.from,
  ...askPolicies.from,
  ...invitationPolicies.from,
  ...gatheringPolicies.from,
  ...accountabilityPolicies.from,
  ...influencePolicies.from,
  ...proposalPolicies.from,
  ...scribePolicies.from,
  ...communityPolicies.from,
}

/** The rules a community begins with. */
export const PRESET_POLICIES: Readonly<Record<(typeof PRESETS)[number], Policies>> = {
  hospitality: HOSPITALITY,
  crew: { ...HOSPITALITY, ...CREW },
}

/** Every rule there is, in the order of its area. */
export const POLICY_KEYS = Object.keys(policySchema.shape) as readonly (keyof Policies)[]

/** Where the default of a rule comes from. */
export function provenanceOf(key: keyof Policies): string {
  return PROVENANCE[key] ?? 'A convention of this project'
}
