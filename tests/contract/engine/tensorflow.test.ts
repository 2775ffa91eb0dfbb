import { describe, expect, it } from 'vitest'
import { enginesFolder } from '../../../src-main/engine/tensorflow-folder.ts'
import { describeWithTensorflow } from '../../support/tensorflow.ts'
import { classifier, threeClasses, trainingPlace } from './support/training-place.ts'

/** A machine without a GPU and with no engine installed, whatever this one has. */
const bare = { VK_DRIVER_FILES: '/nowhere/none.json', VK_ICD_FILENAMES: '/nowhere/none.json' }
const withoutGpu = { ...bare, CUDA_VISIBLE_DEVICES: '', LAYERLOOM_ENGINES: enginesFolder() }

describe('TensorFlow that is not installed', () => {
  it('is listed as missing, with what to do', async () => {
    const { engines } = trainingPlace([], { environment: bare }).application
    const found = (await engines.engines()).find(({ engine }) => engine === 'tensorflow')
    expect(found).toMatchObject({ available: false, device: '' })
    expect(found?.detail).toContain('engines install tensorflow')
  })

  it('fails a run that asks for it', async () => {
    const place = trainingPlace([threeClasses(300)], { environment: bare })
    const { detail } = await place.train(classifier({ engine: 'tensorflow' }))
    expect(detail.run).toMatchObject({ status: 'failed', problem: { code: 'run.engineUnavailable' } })
    expect(detail.run.problem?.message).toContain('not installed')
  })
})

describeWithTensorflow('TensorFlow in an engine process', () => {
  it('runs, and names the device', async () => {
    const { engines } = trainingPlace([], { environment: withoutGpu }).application
    const found = (await engines.engines()).find(({ engine }) => engine === 'tensorflow')
    expect(found).toMatchObject({ available: true, detail: '' })
    expect(found?.device).toMatch(/, \d+ threads?$/)
  })

  it('trains with the losses of the CPU engine, goes through validation and test, and finishes', async () => {
    const place = trainingPlace([threeClasses(300)], { environment: withoutGpu })
    const onCpu = await place.train(classifier({ epochs: 2, engine: 'cpu' }))
    const onTensorflow = await place.train(classifier({ epochs: 2, engine: 'tensorflow' }))
    expect(onTensorflow.detail.run).toMatchObject({ status: 'finished', engine: 'tensorflow' })
    expect(onTensorflow.detail.reason).toMatch(/\(TensorFlow\) [\d.]+ ms per step \(used\)/)
    expect(onTensorflow.losses.length).toBe(onCpu.losses.length)
    for (const [step, loss] of onTensorflow.losses.entries()) {
      const expected = onCpu.losses[step] ?? 0
      expect(Math.abs(loss - expected) / expected, `step ${step}`).toBeLessThan(1e-4)
    }
    expect(onTensorflow.detail.run.test?.loss).toBeCloseTo(onCpu.detail.run.test?.loss ?? 0, 4)
  })

  it('is measured beside the others, and a small model stays on the CPU engine', async () => {
    const place = trainingPlace([threeClasses(300)], { environment: withoutGpu })
    const { detail } = await place.train(classifier({ epochs: 1, engine: 'auto' }))
    expect(detail.run.engine).toBe('onnx/cpu')
    expect(detail.reason).toMatch(/CPU .* ms per step \(used\), .* \(TensorFlow\) [\d.]+ ms per step/)
  })
})
