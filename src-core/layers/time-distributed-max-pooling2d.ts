import { maxPooling2dLayer } from './max-pooling2d.ts'
import { timeDistributed } from './support/time-distributed.ts'

export const timeDistributedMaxPooling2dLayer = timeDistributed(maxPooling2dLayer, {
  kind: 'timeDistributedMaxPooling2d',
  label: 'TimeDistributed MaxPooling2D',
  description: 'Shrinks every picture of a film to the largest values of its windows.',
})
