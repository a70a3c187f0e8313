import { RoleOfferAdopted } from '../../commands/roles/mandate-events.ts'
import type { OpenOffer } from '../../commands/roles/open-offers.ts'
import { defineProjection, on } from '../../src/kernel/folds.ts'

/** The offers that adopted proposals made, by the person they were made to. */
export const openOffersProjection = defineProjection<Map<string, OpenOffer[]>>({
  name: 'open-offers',
  version: 1,
  summary: 'Roles that adopted proposals offer; who declined one stands nowhere here.',
  initial: () => new Map(),
  cases: [
    on(RoleOfferAdopted, (view, offer, { recordedAt: at, id: eventId }) => {
      view.set(offer.toId, [...(view.get(offer.toId) ?? []), { offer, at, eventId }])
    }),
  ],
})
