import { defaultTopK } from '../../training/metrics/top-k-accuracy.ts'
import { metricKinds } from '../../training/run-config.ts'
import { choices, integer } from '../parameter-fields.ts'

/** Parameters of output layers that say what is measured besides the loss. */
export const metricFields = {
  metrics: choices({
    label: 'Metrics',
    description: 'What is measured besides the loss, in training, validation and test.',
    default: [],
    choices: metricKinds,
    none: 'what fits the loss',
    advanced: true,
  }),
  topK: integer({
    label: 'Top k',
    description: 'Top-k accuracy: a class counts as found when it is among so many of the largest scores.',
    default: defaultTopK,
    min: 1,
    max: 10_000,
    shownWhen: { parameter: 'metrics', isOneOf: ['topKAccuracy'] },
    advanced: true,
  }),
}
