import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { round6 } from '../../src/measures/rounding.ts'
import { answeringAt } from './answering.ts'
import { BY_THE_RULES, influenceReads } from './asked-influence.ts'
import { countedAt } from './counted.ts'
import { counting, countingAnswer, personAnswer, personInfluence, totalsOf } from './influence-answers.ts'
import { activationsAt } from './who-led.ts'

export const myInfluence = defineQuestion({
  name: 'my-influence',
  summary:
    'Your own influence, whole: by kind, how many times the mean voice, to how many people it answers, and whom you helped to lead.',
  reads: influenceReads,
  params: z.strictObject({}),
  answer: classed(
    1,
    z.object({
      mine: personInfluence,
      people: z.int(),
      answersTo: z.int().meta({ description: 'To how many people you answer' }),
      asked: z.int().meta({ description: 'To how many your influence and your roles ask you to answer' }),
      activation: z
        .number()
        .meta({ description: 'How many first acts of leading you made possible, shared with others' }),
      counting,
    }),
  ),
  timed: false,
  own: true,
  public: false,
  http: { path: '/mine/influence' },
  cli: { verb: 'my-influence' },
  ask(views, _, context) {
    const { viewer = '' } = context
    const counted = countedAt(views, { ...BY_THE_RULES, population: 'members' }, context)
    const answering = answeringAt(views, counted, context).find(({ personId }) => personId === viewer)
    return {
      mine: personAnswer(views.people, viewer, counted.vectors.get(viewer) ?? new Map(), totalsOf(counted), context),
      people: counted.population.ids.length,
      answersTo: answering?.have ?? 0,
      asked: answering?.required ?? 0,
      activation: round6(activationsAt(views, context).get(viewer) ?? 0) ?? 0,
      counting: countingAnswer(counted),
    }
  },
})
