import { conv2dLayer } from './conv2d.ts'
import { timeDistributed } from './support/time-distributed.ts'

export const timeDistributedConv2dLayer = timeDistributed(conv2dLayer, {
  kind: 'timeDistributedConv2d',
  label: 'TimeDistributed Conv2D',
  description: 'Applies one Conv2D to every picture of a film.',
})
