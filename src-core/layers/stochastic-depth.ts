import { defineLayer } from './define-layer.ts'
import { onlyTensor } from './support/context.ts'
import { dropped, dropping, rateField } from './support/noise.ts'

export const stochasticDepthLayer = defineLayer({
  ...dropping,
  kind: 'stochasticDepth',
  label: 'StochasticDepth',
  description:
    'While training, sets everything to zero for random samples ("drop path"). Put it at the end of a residual branch, before Add: the branch is then skipped for these samples. Does nothing when predicting.',
  formula: 'training: y = x · keep / (1 − rate), one keep for each sample; else y = x',
  reference:
    'Huang et al., "Deep Networks with Stochastic Depth", 2016; PyTorch: torchvision.ops.StochasticDepth(mode="row")',
  parameters: { rate: rateField('The share of samples for which the branch is skipped.', 0.2) },
  lower: (context) => {
    const x = onlyTensor(context)
    const { rate } = context.parameters
    if (!context.training || rate === 0) return x
    const perSample = x.shape.map((size, axis) => (axis === 0 ? size : 1))
    return dropped(context, x, perSample, rate)
  },
})
