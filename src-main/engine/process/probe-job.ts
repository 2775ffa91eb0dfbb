import { GraphBuilder } from '../../../src-core/tensor-graph/graph-builder.ts'
import type { EngineAvailability, ProbeJob, ProviderName } from '../protocol.ts'
import { processorDevice, threadCount } from './devices.ts'
import type { Engine } from './engine.ts'
import { graphicsDevice } from './graphics-device.ts'
import type { JobContext } from './job-context.ts'

/** Loaded when they are tried: a probe of one must not depend on the others' libraries. */
const createEngine: Readonly<Record<ProviderName, () => Promise<Engine>>> = {
  'onnx/cpu': () => onnxEngine('cpu', processorDevice(threadCount())),
  'onnx/webgpu': async () => onnxEngine('webgpu', await graphicsDevice()),
  'onnx/cuda': async () => (await import('./onnx/create-cuda-engine.ts')).createCudaEngine(),
  tensorflow: async () => (await import('./tensorflow/create-tensorflow-engine.ts')).createTensorflowEngine(),
}

async function onnxEngine(provider: 'cpu' | 'webgpu', device: string): Promise<Engine> {
  const { OnnxEngine } = await import('./onnx/onnx-engine.ts')
  return new OnnxEngine({ provider, device, threads: 1 })
}

/** Runs a small graph on one engine and compares what comes out with what must. */
export async function probe({ engine }: ProbeJob, context: JobContext): Promise<void> {
  context.reply({ type: 'probed', availability: await tryProvider(engine) })
}

async function tryProvider(name: ProviderName): Promise<EngineAvailability> {
  try {
    const engine = await createEngine[name]()
    const { device } = engine
    const session = await engine.createSession(probeGraph())
    const { y } = await session.run({ x: engine.tensor('float32', [1, 2], Float32Array.of(3, -4)) })
    const result = y ? [...(await engine.read(y))].map(Number) : []
    await session.dispose()
    const isRight = result.length === 2 && result[0] === 7 && result[1] === 0
    const detail = isRight ? '' : `A test of 3 operators gave ${result.join(', ')} instead of 7, 0.`
    return { engine: name, available: isRight, device, detail }
  } catch (error) {
    return { engine: name, available: false, device: '', detail: reason(error) }
  }
}

/** y = relu(x · [[1, 0], [0, 2]] + 4): 3, −4 becomes 7, 0. */
function probeGraph() {
  const builder = new GraphBuilder('probe')
  const x = builder.input('x', 'float32', [1, 2])
  const kernel = builder.constant('float32', [2, 2], Float32Array.of(1, 0, 0, 2))
  const sum = builder.apply('Add', [builder.apply('MatMul', [x, kernel]), builder.scalar(4)])
  builder.output('y', builder.apply('Relu', [sum]))
  return builder.build()
}

/** onnxruntime puts source file and expression in front of what matters. */
function reason(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).trim().split('\n')[0] ?? ''
  const told = text.replace(/^.* was false\. /, '')
  return `${told.charAt(0).toUpperCase()}${told.slice(1)}`
}
