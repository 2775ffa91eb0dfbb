import { describe, expect, it } from 'vitest'
import { softwareGpu } from '../../support/software-gpu.ts'
import { chain, classifier, line, threeClasses, trainingPlace } from './support/training-place.ts'

const noGpu = { VK_DRIVER_FILES: '/nowhere/none.json', VK_ICD_FILENAMES: '/nowhere/none.json' }
const gpu = softwareGpu()
const mixed = { precision: 'mixed16' }

/** A net for {@link line} whose first gradients, times the first loss scale, are beyond float16. */
const steep = chain(
  'line',
  [1],
  [
    ['reshape', { targetShape: [1, 1, 1] }],
    ['conv2d', { filters: 4, kernelSize: [1, 1], activation: 'tanh' }],
    ['flatten', {}],
    ['dense', { units: 1 }],
  ],
  { epochs: 2, batchSize: 8, ...mixed },
)

/** A net for {@link threeClasses} whose pooling windows leave out the last row and column. */
const oddPooling = (training: Readonly<Record<string, unknown>>) =>
  chain(
    'classes',
    [4],
    [
      ['dense', { units: 50 }],
      ['reshape', { targetShape: [2, 5, 5] }],
      ['conv2d', { filters: 8, kernelSize: [3, 3], padding: 'same', activation: 'relu' }],
      ['maxPooling2d', {}],
      ['flatten', {}],
      ['dense', { units: 3 }],
    ],
    { epochs: 2, batchSize: 16, engine: 'cpu', ...training },
  )

describe('a run in mixed precision', () => {
  it('is measured beside float32, and does as it was told where the engine was named too', async () => {
    const place = trainingPlace([threeClasses(300)], { environment: noGpu })
    const exact = await place.train(classifier({ epochs: 2 }))
    const { detail, losses } = await place.train(classifier({ epochs: 2, ...mixed }))
    expect(detail.run.status).toBe('finished')
    expect(detail.reason).toMatch(
      /^Measured on this model: CPU with \d+ threads? in float32 [\d.]+ ms per step, CPU with \d+ threads? in float16 [\d.]+ ms per step \(used\)\. float16 is (slower|faster) here: [\d.]+ ms against [\d.]+ ms/,
    )
    expect(losses.length).toBe(exact.losses.length)
    for (const [step, loss] of exact.losses.entries()) {
      expect(Math.abs((losses[step] ?? Number.NaN) - loss)).toBeLessThan(1e-2)
    }
  })

  it('gives way to float32 on the CPU where the fastest was asked for, and says so', async () => {
    const place = trainingPlace([threeClasses(300)], { environment: noGpu })
    const { detail } = await place.train(classifier({ epochs: 1, engine: 'auto', ...mixed }))
    expect(detail.run).toMatchObject({ status: 'finished', engine: 'onnx/cpu' })
    expect(detail.reason).toMatch(/in float32 [\d.]+ ms per step.* in float16 [\d.]+ ms per step/)
    expect(detail.reason).toMatch(/in float32 [\d.]+ ms per step \(used\)/)
    expect(detail.reason).toMatch(
      /float16 (is slower here: .*; float32 is used|took .*; on the CPU it is used only where both are asked for)/,
    )
  })

  it('goes on exactly where it was stopped', async () => {
    const place = trainingPlace([threeClasses(5000)])
    const document = classifier({ epochs: 3, batchSize: 4, ...mixed })
    const whole = await place.train(document)
    const stopped = await place.train(document, (event, runId) => {
      if (event.type === 'step' && event.epoch === 2) void place.application.runs.stop(runId)
    })
    expect(stopped.losses.length).toBeLessThan(whole.losses.length)
    const resumed = await place.resume(stopped.runId)
    expect([...stopped.losses, ...resumed.losses]).toEqual(whole.losses)
    expect(resumed.detail.run.test).toEqual(whole.detail.run.test)
  })

  it('skips steps whose gradients overflow, says how many, and learns on', async () => {
    const place = trainingPlace([line(300)])
    const { detail, events, losses } = await place.train(steep)
    expect(detail.run.status).toBe('finished')
    const notes = events.flatMap((event) => (event.type === 'log' ? [event.message] : []))
    const note = notes.find((message) => message.includes('skipped'))
    expect(note).toMatch(
      /^Epoch 1: \d+ steps? skipped, because gradients were beyond float16's range\. The loss scale is \d+ now\.$/,
    )
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0)
  })

  it('learns as float32 does where pooling windows leave a row out', async () => {
    const place = trainingPlace([threeClasses(300)])
    const exact = await place.train(oddPooling({}))
    const { events, losses } = await place.train(oddPooling(mixed))
    expect(events.some((event) => event.type === 'log' && event.message.includes('skipped'))).toBe(false)
    expect(losses.length).toBe(exact.losses.length)
    const differences = exact.losses.map((loss, step) => Math.abs((losses[step] ?? Number.NaN) - loss))
    console.log(`largest difference of losses: ${Math.max(...differences).toExponential(1)}`)
    expect(Math.max(...differences)).toBeLessThan(1e-2)
  })

  it.skipIf(!gpu)(
    'is refused by a GPU without 16-bit numbers, with the reason (needs SwiftShader)',
    async () => {
      const place = trainingPlace([threeClasses(200)], { environment: gpu ?? {} })
      const { detail } = await place.train(classifier({ epochs: 1, engine: 'webgpu', ...mixed }))
      expect(detail.run).toMatchObject({
        status: 'failed',
        problem: {
          code: 'run.engineUnavailable',
          message:
            'SwiftShader (software) through WebGPU cannot train in float16: its driver offers no 16-bit floating point numbers (shader-f16)',
          hint: 'Choose the precision float32, or another engine.',
        },
      })
    },
  )
})
