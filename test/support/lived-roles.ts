import type { Doing } from './doing.ts'

type More = Readonly<Record<string, unknown>>

/**
 * Lets roles that carry much be defined, offered and handed over without an adopted proposal: for what is not about
 * mandates. In the first days any member may.
 */
export async function withoutMandates(there: Doing, by: string): Promise<void> {
  await there.does(by, 'AmendPolicy', {
    changes: { mandateToDefine: 'off', mandateToOffer: 'off', mandateToHandOver: 'off' },
  })
}

/**
 * Forms a circle and defines a role in it; one that carries much without a mandate. @returns the role's id.
 */
export async function aRole(there: Doing, by: string, more: More = {}): Promise<string> {
  if (Number(more.weight ?? 1) >= 2) await withoutMandates(there, by)
  const { circleId } = await there.does(by, 'FormCircle', { name: 'Kitchen', purpose: 'To cook together.' })
  return idIn(await there.does(by, 'DefineRole', { circleId, name: 'cook', purpose: 'To cook.', ...more }), 'roleId')
}

/** Asks somebody to take a role. @returns the ask. */
export async function offered(there: Doing, roleId: string, by: string, toId: string, more: More = {}) {
  return idIn(await there.does(by, 'OfferRole', { roleId, toId, ...more }), 'askId')
}

/** Offers a role to somebody who says yes. @returns the holding. */
export async function takes(there: Doing, roleId: string, by: string, toId: string, more: More = {}) {
  const askId = await offered(there, roleId, by, toId, more)
  return idIn(await there.does(toId, 'AcceptRole', { roleId, askId }), 'holdingId')
}

/** Asks somebody to learn the role one holds. @returns the ask. */
export async function invited(there: Doing, roleId: string, by: string, toId: string, more: More = {}) {
  return idIn(await there.does(by, 'InviteUnderstudy', { roleId, toId, ...more }), 'askId')
}

/** Invites an understudy who says yes. @returns their holding. */
export async function learns(there: Doing, roleId: string, by: string, toId: string) {
  const askId = await invited(there, roleId, by, toId)
  return idIn(await there.does(toId, 'AcceptUnderstudy', { askId }), 'holdingId')
}

/** Asks somebody to act in one's place. @returns the ask. */
export async function askedToStandIn(there: Doing, holdingId: string, by: string, toId: string, more: More = {}) {
  return idIn(await there.does(by, 'StandIn', { holdingId, toId, ...more }), 'askId')
}

/** Asks somebody to act in one's place who says yes. @returns their holding. */
export async function standsIn(there: Doing, holdingId: string, by: string, toId: string, more: More = {}) {
  const askId = await askedToStandIn(there, holdingId, by, toId, more)
  return idIn(await there.does(toId, 'AcceptStandIn', { askId }), 'holdingId')
}

/** Offers to hand the role one holds over. @returns the asks, in the order of `toIds`. */
export async function handedOver(
  there: Doing,
  roleId: string,
  by: string,
  toIds: readonly string[],
  more: More & { readonly handoverAt: string },
): Promise<readonly string[]> {
  const notes = { accesses: ['The key hangs in the shed.'] }
  const { askIds } = await there.does(by, 'HandOverRole', { roleId, toIds, notes, ...more })
  return (askIds ?? []) as unknown as readonly string[]
}

/** Hands the role one holds over to somebody who says yes. @returns the holding that begins with it. */
export async function takesOver(there: Doing, roleId: string, by: string, toId: string, handoverAt: string) {
  const [askId] = await handedOver(there, roleId, by, [toId], { handoverAt })
  return idIn(await there.does(toId, 'AcceptHandover', { askId }), 'holdingId')
}

function idIn(result: Readonly<Record<string, string>>, name: string): string {
  const id = result[name]
  if (id === undefined) throw new Error(`the answer names no ${name}`)
  return id
}
