import { expect, it } from 'vitest'
import { z } from 'zod'
import type { NamedTensor } from '../../src-core/tensor-graph/types.ts'
import { buildTrainStep } from '../../src-core/training/build-train-step.ts'
import { fillUniform } from '../../src-core/training/random.ts'
import { optimizerSchema } from '../../src-core/training/run-config.ts'
import { documentOf, type LayerLine, planOf } from '../support/models.ts'
import { describeWithPython, runPython } from '../support/python.ts'
import { train } from '../support/train-loop.ts'
import { batchesFor, category, optionsFor, start } from '../support/training-options.ts'

const lines: LayerLine[] = [
  ['input', 'input', { shape: [4] }],
  ['hidden', 'dense', { units: 5 }],
  ['norm', 'batchNormalization'],
  ['head', 'dense', { units: 3, activation: 'softmax' }],
  ['output', 'output'],
]
const answerSchema = z.object({
  losses: z.array(z.number()),
  weights: z.record(z.string(), z.array(z.number())),
})

describeWithPython('a frozen batch normalisation', () => {
  it('trains the layers around it as in Keras', async () => {
    const document = documentOf('frozen', lines)
    const layers = document.layers.map((layer) =>
      layer.name === 'norm' ? { ...layer, trainable: false } : layer,
    )
    const options = {
      ...optionsFor(lines, category(3), { optimizer: optimizerSchema.parse({ kind: 'sgd' }) }),
      plan: planOf({ ...document, layers }),
    }
    // Statistics as an earlier training may have left them.
    const weights = new Map([...start(options)].map(([name, tensor]) => [name, stirred(name, tensor)]))
    const batches = batchesFor(options, 6, 3)
    const learningRate = 0.3
    const keras = answerSchema.parse(
      await runPython('tests/parity/keras-frozen-layers.py', {
        input: {
          features: 4,
          learningRate,
          weights: Object.fromEntries(
            [...weights].map(([name, { data }]) => [name, Array.from(data, Number)]),
          ),
          batches: batches.map(({ features, targets }) => ({
            x: Array.from(features.input ?? []),
            y: Array.from(targets.output ?? []),
          })),
        },
      }),
    )
    const ours = await train(buildTrainStep(options), weights, batches, { learningRate })
    const differences = [
      ...keras.losses.map((loss, step) => Math.abs(loss - (ours.means[step]?.loss ?? Number.NaN))),
      ...Object.entries(keras.weights).flatMap(([name, values]) =>
        values.map((value, i) => Math.abs(value - Number(ours.tensors.get(name)?.data[i]))),
      ),
    ]
    expect(keras.losses).toHaveLength(6)
    expect(ours.tensors.get('hidden.kernel')).not.toEqual(weights.get('hidden.kernel'))
    const largest = Math.max(...differences)
    console.log(`frozen batch normalisation: largest difference to Keras ${largest.toExponential(1)}`)
    expect(largest).toBeLessThan(2e-6)
  })
})

function stirred(name: string, tensor: NamedTensor): NamedTensor {
  const data = new Float32Array(tensor.data.length)
  fillUniform(data, 1, name, 0)
  return { ...tensor, data: data.map((value) => value + (name.endsWith('Variance') ? 0.5 : -0.5)) }
}
