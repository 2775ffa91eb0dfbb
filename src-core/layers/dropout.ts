import { defineLayer } from './define-layer.ts'
import { onlyTensor } from './support/context.ts'
import { dropped, dropping, rateField } from './support/noise.ts'

export const dropoutLayer = defineLayer({
  ...dropping,
  kind: 'dropout',
  label: 'Dropout',
  description:
    'While training, sets random values to zero, so that the network does not lean on any one of them. Does nothing when predicting.',
  formula: 'training: y = x · keep / (1 − rate), keep = [random ≥ rate]; else y = x',
  reference: 'Srivastava et al., "Dropout", JMLR 2014; Keras 3: keras.layers.Dropout',
  parameters: { rate: rateField('The share of values that is set to zero.') },
  lower: (context) => {
    const x = onlyTensor(context)
    const { rate } = context.parameters
    return context.training && rate > 0 ? dropped(context, x, x.shape, rate) : x
  },
})
