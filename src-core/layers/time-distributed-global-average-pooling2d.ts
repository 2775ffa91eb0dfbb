import { globalAveragePooling2dLayer } from './global-average-pooling2d.ts'
import { timeDistributed } from './support/time-distributed.ts'

export const timeDistributedGlobalAveragePooling2dLayer = timeDistributed(globalAveragePooling2dLayer, {
  kind: 'timeDistributedGlobalAveragePooling2d',
  label: 'TimeDistributed GlobalAveragePooling2D',
  description: 'Turns every picture of a film into one number per channel: a sequence for a recurrent layer.',
})
