import type { Policies } from '../community/policy-table.ts'
import type { CommunityState } from '../community/state.ts'
import type { DecisionClass, DecisionRule, RoundSnapshot } from './decision-facts.ts'

/** The rule of each class in the numbers the community has set. Nobody adopts alone: one other answers, whatever they are. */
const RULES: Readonly<Record<DecisionClass, (policies: Policies) => DecisionRule>> = {
  standard: ({ standardWindowDays, standardAnswers }) => ({
    windowDays: standardWindowDays,
    answers: standardAnswers,
    objectionsStop: true,
  }),
  significant: ({ significantWindowDays, significantConsentPercent }) => ({
    windowDays: significantWindowDays,
    answers: 1,
    consent: { percent: significantConsentPercent, orMore: false },
    objectionsStop: true,
  }),
  constitutional: (policies) => ({
    windowDays: policies.constitutionalWindowDays,
    answers: 1,
    activeWithinDays: policies.constitutionalActiveDays,
    participation: {
      percent: policies.constitutionalAnswerPercent,
      secondWindowDays: policies.constitutionalSecondWindowDays,
      secondPercent: policies.constitutionalSecondAnswerPercent,
    },
    objectionsStop: true,
  }),
  recall: ({ recallWindowDays, recallConsentPercent }) => ({
    windowDays: recallWindowDays,
    answers: 1,
    consent: { percent: recallConsentPercent, orMore: true },
    objectionsStop: false,
  }),
}

/** What a round submitted now goes by until it is decided. */
export function roundRules(
  { policy: { version, values } }: CommunityState,
  decisionClass: DecisionClass,
): RoundSnapshot {
  return {
    policyVersion: version,
    rule: RULES[decisionClass](values),
    extendsHours: values.amendExtendsWindowHours,
    lapseDays: values.proposalLapseDays,
    settingAsideHours: values.settingAsideHours,
    loneObjectorSupport: values.loneObjectorSupport,
    loneObjectorSupportDays: values.loneObjectorSupportDays,
    silenceMeans: values.silenceMeans,
  }
}
