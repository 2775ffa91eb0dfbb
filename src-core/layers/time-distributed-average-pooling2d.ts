import { averagePooling2dLayer } from './average-pooling2d.ts'
import { timeDistributed } from './support/time-distributed.ts'

export const timeDistributedAveragePooling2dLayer = timeDistributed(averagePooling2dLayer, {
  kind: 'timeDistributedAveragePooling2d',
  label: 'TimeDistributed AveragePooling2D',
  description: 'Shrinks every picture of a film to the means of its windows.',
})
