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

/**
 * A proposal that ends somebody's role or membership beside other things goes by its own class and is no easier to adopt
 * than a recall: as long open, and with as large a share of the stated positions.
 */
function noEasierThan(recall: DecisionRule, rule: DecisionRule): DecisionRule {
  return { ...rule, windowDays: Math.max(rule.windowDays, recall.windowDays), consent: recall.consent ?? rule.consent }
}

/** What a round submitted now goes by until it is decided; `concernsIds` are those whose role or membership it would end. */
export function roundRules(
  { policy: { version, values } }: CommunityState,
  decisionClass: DecisionClass,
  concernsIds: readonly string[],
): RoundSnapshot {
  const rule = RULES[decisionClass](values)
  return {
    policyVersion: version,
    rule: concernsIds.length === 0 ? rule : noEasierThan(RULES.recall(values), rule),
    extendsHours: values.amendExtendsWindowHours,
    lapseDays: values.proposalLapseDays,
    settingAsideHours: values.settingAsideHours,
    loneObjectorSupport: values.loneObjectorSupport,
    loneObjectorSupportDays: values.loneObjectorSupportDays,
    silenceMeans: values.silenceMeans,
  }
}
