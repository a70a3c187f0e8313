import { type Refusal, refuse } from '../../src/kernel/refusal.ts'

/** One of the two ways to name an invitation: by its own id, or by the ask one got. @returns a refusal for both or none. */
export function eitherOf(
  invitationId: string | undefined,
  askId: string | undefined,
): { readonly invitationId?: string; readonly askId?: string } | Refusal {
  if (invitationId !== undefined && askId === undefined) return { invitationId }
  if (askId !== undefined && invitationId === undefined) return { askId }
  const findings = [{ pointer: '/invitationId', rule: 'or "askId" is needed, and not both' }]
  return refuse('VALIDATION_FAILED', {
    pointer: '/invitationId',
    facts: { findings },
    message: 'Either "invitationId" or "askId" is needed, and not both.',
  })
}
