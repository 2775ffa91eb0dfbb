import type { EngineChoice } from '../../../src-core/training/run-config.ts'
import type { ProviderName } from '../protocol.ts'
import type { Engine } from './engine.ts'
import { OnnxEngine } from './onnx/onnx-engine.ts'

/** An engine beside the CPU, which is the reference for all. */
export interface Contender {
  readonly choice: Exclude<EngineChoice, 'auto' | 'cpu'>
  readonly provider: ProviderName
  /** As people know it. */
  readonly title: string
  /** What is tried when it is asked for. */
  readonly library: string
  readonly hint: string
  create(device: string): Promise<Engine>
}

export const contenders: readonly Contender[] = [
  {
    choice: 'webgpu',
    provider: 'onnx/webgpu',
    title: 'WebGPU',
    library: 'onnxruntime’s WebGPU provider',
    hint: 'Choose the engine "auto" or "cpu", or install a driver for this machine’s GPU.',
    create: async (device) => new OnnxEngine({ provider: 'webgpu', device, threads: 1 }),
  },
  {
    choice: 'cuda',
    provider: 'onnx/cuda',
    title: 'CUDA',
    library: 'onnxruntime’s CUDA provider',
    hint: 'Choose the engine "auto" or "cpu", or install CUDA on the Engines page, on a machine with an NVIDIA GPU.',
    create: async (device) => new OnnxEngine({ provider: 'cuda', device, threads: 1 }),
  },
  {
    choice: 'tensorflow',
    provider: 'tensorflow',
    title: 'TensorFlow',
    library: 'TensorFlow',
    hint: 'Choose the engine "auto" or "cpu", or install TensorFlow on the Engines page.',
    create: async () => (await import('./tensorflow/create-tensorflow-engine.ts')).createTensorflowEngine(),
  },
]

/** What to ask for to get an engine that was used before. */
export function engineChoiceOf(engine: string): EngineChoice {
  return contenders.find(({ provider }) => provider === engine)?.choice ?? 'cpu'
}

/** An engine as the reason of a choice names it. */
export function engineTitle(engine: Engine): string {
  if (engine.name === 'onnx/cpu') return `CPU with ${engine.device.split(', ').at(-1)}`
  const title = contenders.find(({ provider }) => provider === engine.name)?.title ?? engine.name
  return `${engine.device} (${title})`
}
