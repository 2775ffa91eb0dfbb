import { flattenLayer } from './flatten.ts'
import { timeDistributed } from './support/time-distributed.ts'

export const timeDistributedFlattenLayer = timeDistributed(flattenLayer, {
  kind: 'timeDistributedFlatten',
  label: 'TimeDistributed Flatten',
  description: 'Makes one list of every picture of a film: a sequence for a recurrent layer.',
})
