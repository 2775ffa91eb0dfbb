import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { nodeLauncher } from '../../../src-main/engine/node-launcher.ts'
import { EngineSupervisor } from '../../../src-main/engine/supervisor.ts'
import { softwareGpu } from '../../support/software-gpu.ts'
import { classifier, threeClasses, trainingPlace } from './support/training-place.ts'

/** A driver list with nothing in it: a machine without a GPU, whatever this one has. */
const noGpu = { VK_DRIVER_FILES: '/nowhere/none.json', VK_ICD_FILENAMES: '/nowhere/none.json' }
const gpu = softwareGpu()

function crashing(): EngineSupervisor {
  const entry = fileURLToPath(new URL('support/crashing-engine.mjs', import.meta.url))
  return new EngineSupervisor({ launch: nodeLauncher({ entry }) })
}

describe('which engines run here', () => {
  it('always has the CPU, by its own name', async () => {
    const { engines } = trainingPlace([], { environment: noGpu }).application
    const [cpu] = await engines.engines()
    expect(cpu).toMatchObject({ engine: 'onnx/cpu', available: true, detail: '' })
    expect(cpu?.device).toMatch(/, \d+ threads?$/)
  })

  it('says why WebGPU is not there', async () => {
    const { engines } = trainingPlace([], { environment: noGpu }).application
    const webgpu = (await engines.engines()).find(({ engine }) => engine === 'onnx/webgpu')
    expect(webgpu?.available).toBe(false)
    expect(webgpu?.detail).not.toBe('')
  })

  it('survives a driver that crashes the process that tries it', async () => {
    const found = await crashing().engines()
    for (const { available, detail } of found) {
      expect(available).toBe(false)
      expect(detail).toContain('SIGSEGV')
    }
  })

  it('asks once', async () => {
    const { application, processes } = trainingPlace([], { environment: noGpu })
    expect(await application.engines.engines()).toBe(await application.engines.engines())
    expect(processes.length).toBe(4)
  })
})

describe('choosing an engine', () => {
  it('takes the CPU where there is no GPU, and says that WebGPU was tried', async () => {
    const place = trainingPlace([threeClasses(300)], { environment: noGpu })
    const { detail } = await place.train(classifier({ engine: 'auto' }))
    expect(detail.run).toMatchObject({ status: 'finished', engine: 'onnx/cpu' })
    expect(detail.reason).toContain('WebGPU is not available')
  })

  it('does not fall back silently from a GPU that was asked for', async () => {
    const place = trainingPlace([threeClasses(300)], { environment: noGpu })
    const { detail } = await place.train(classifier({ engine: 'webgpu' }))
    expect(detail.run).toMatchObject({ status: 'failed', problem: { code: 'run.engineUnavailable' } })
    expect(detail.run.problem?.message).toMatch(/onnxruntime’s WebGPU provider was tried: .+/)
  })

  it.skipIf(!gpu)('trains on WebGPU with the losses of the CPU (needs SwiftShader)', async () => {
    const place = trainingPlace([threeClasses(200)], { environment: gpu ?? {} })
    const onCpu = await place.train(classifier({ epochs: 1, engine: 'cpu' }))
    const onGpu = await place.train(classifier({ epochs: 1, engine: 'webgpu' }))
    expect(onGpu.detail.run).toMatchObject({ status: 'finished', engine: 'onnx/webgpu' })
    expect(onGpu.detail.run.device).toBe('SwiftShader (software)')
    expect(onGpu.losses.length).toBe(onCpu.losses.length)
    for (const [step, loss] of onGpu.losses.entries()) {
      expect(Math.abs(loss - (onCpu.losses[step] ?? 0))).toBeLessThan(1e-4)
    }
  })

  it.skipIf(!gpu)('measures both and takes the faster (needs SwiftShader)', async () => {
    const place = trainingPlace([threeClasses(200)], { environment: gpu ?? {} })
    const { detail } = await place.train(classifier({ epochs: 1, engine: 'auto' }))
    expect(detail.run.engine).toBe('onnx/cpu')
    expect(detail.reason).toMatch(
      /CPU .* ms per step \(used\), SwiftShader \(software\) \(WebGPU\) [\d.]+ ms/,
    )
  })
})
