import { lossKinds } from '../training/run-config.ts'
import { defineLayer } from './define-layer.ts'
import { choice, real } from './parameter-fields.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { lossFields } from './support/loss-fields.ts'
import { metricFields } from './support/metric-fields.ts'
import { singleInput } from './support/ports.ts'

export const outputLayer = defineLayer({
  kind: 'output',
  label: 'Output',
  category: 'Input and output',
  description: 'What the model predicts. Training compares it with the target by its loss.',
  formula: 'y = x; loss = lossWeight · loss(y, target)',
  reference: 'Keras 3: Model(outputs=…), Model.compile(loss=…, loss_weights=…)',
  inputs: singleInput,
  outputs: [],
  parameters: {
    loss: choice({
      label: 'Loss',
      description: 'How wrong a prediction is. auto chooses by the last layer and the target.',
      default: 'auto',
      choices: ['auto', ...lossKinds],
    }),
    lossWeight: real({
      label: 'Loss weight',
      description: 'How much this output counts when there are several.',
      default: 1,
      min: 0,
      max: 1_000_000,
      step: 0.1,
      advanced: true,
    }),
    ...metricFields,
    ...lossFields,
  },
  inferShape: onlyShape,
  maskRule: () => 'passes',
  weights: () => [],
  flops: () => 0,
  activationElements: () => 0,
  lower: onlyTensor,
})
