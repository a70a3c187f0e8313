import type { HttpCommunity } from '../support/http-community.ts'
import { aRole, offered } from '../support/lived-roles.ts'
import { type HttpRefusal, NO_ASK } from './http-refusal.ts'
import { ada, ben, cyd } from './refusal-case.ts'

const ANSWERS = ['DeclineAsk', 'RemindAsk', 'WithdrawAsk'] as const
/** Whose act each of them is: of the ask that Ada makes of Ben. */
const WHOSE = { DeclineAsk: ben, RemindAsk: ada, WithdrawAsk: ada } as const

/** Ada asks Ben to take a role. */
const anAsk = async (there: HttpCommunity, more: Readonly<Record<string, unknown>> = {}) =>
  offered(there, await aRole(there, ada), ada, ben, more)

/** Every way an ask stops waiting for an answer. */
const CLOSINGS: readonly (readonly [
  string,
  (there: HttpCommunity, askId: string, roleId: string) => Promise<unknown>,
])[] = [
  ['it was declined', (there, askId) => there.does(ben, 'DeclineAsk', { askId })],
  ['it was withdrawn', (there, askId) => there.does(ada, 'WithdrawAsk', { askId })],
  ['it was answered with a yes', (there, askId, roleId) => there.does(ben, 'AcceptRole', { roleId, askId })],
  ['its time has passed', (there) => there.later(15)],
]

export const ASK_REFUSALS: readonly HttpRefusal[] = [
  ...ANSWERS.flatMap((command) =>
    CLOSINGS.map(([because, close]) => ({
      command,
      code: 'ASK_CLOSED',
      because,
      when: async (there: HttpCommunity) => {
        const roleId = await aRole(there, ada)
        const askId = await offered(there, roleId, ada, ben)
        await close(there, askId, roleId)
        return there.sends(WHOSE[command], command, { askId })
      },
    })),
  ),
  ...ANSWERS.flatMap((command) => [
    {
      command,
      code: 'NOT_FOUND',
      because: 'nobody asked that',
      when: (there: HttpCommunity) => there.sends(ada, command, { askId: NO_ASK }),
    },
    {
      command,
      code: 'NOT_FOUND',
      because: 'Cyd is no party of it',
      when: async (there: HttpCommunity) => there.sends(cyd, command, { askId: await anAsk(there) }),
    },
  ]),
  {
    command: 'DeclineAsk',
    code: 'NOT_YOURS_TO_DECLINE',
    because: 'whoever asked withdraws',
    when: async (there) => there.sends(ada, 'DeclineAsk', { askId: await anAsk(there) }),
  },
  {
    command: 'RemindAsk',
    code: 'NOT_YOURS_TO_REMIND',
    because: 'whoever was asked has nobody to remind',
    when: async (there) => there.sends(ben, 'RemindAsk', { askId: await anAsk(there) }),
  },
  {
    command: 'RemindAsk',
    code: 'ALREADY_REMINDED',
    because: 'a third time there is not',
    when: async (there) => {
      const askId = await anAsk(there)
      await there.does(ada, 'RemindAsk', { askId })
      return there.sends(ada, 'RemindAsk', { askId })
    },
  },
  {
    command: 'WithdrawAsk',
    code: 'NOT_YOURS_TO_WITHDRAW',
    because: 'whoever was asked declines',
    when: async (there) => there.sends(ben, 'WithdrawAsk', { askId: await anAsk(there) }),
  },
]
