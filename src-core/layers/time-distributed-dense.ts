import { denseLayer } from './dense.ts'
import { timeDistributed } from './support/time-distributed.ts'

export const timeDistributedDenseLayer = timeDistributed(denseLayer, {
  kind: 'timeDistributedDense',
  label: 'TimeDistributed Dense',
  description: 'Applies one Dense layer to every step of a sequence.',
})
