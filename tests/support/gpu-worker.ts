// A process that runs graphs on WebGPU: see gpu-process.ts, which starts it.
import ort from 'onnxruntime-node'
import { serialiseOnnx } from '../../src-core/tensor-graph/onnx-serialisation.ts'
import type { TensorGraph } from '../../src-core/tensor-graph/types.ts'
import { OnnxEngine } from '../../src-main/engine/process/onnx/onnx-engine.ts'
import { nodesForProcessor } from '../../src-main/engine/process/onnx/webgpu-exceptions.ts'
import { runSteps, type StepsJob } from './run-steps.ts'

export type WorkerRequest =
  | { readonly type: 'run'; readonly job: StepsJob }
  | { readonly type: 'locate'; readonly graph: TensorGraph }

const engine = new OnnxEngine({ provider: 'webgpu', device: 'any', threads: 1 })

/** Whether every node of a graph runs on the GPU: onnxruntime refuses the session when it may not use the processor. */
async function isWholeOnGpu(graph: TensorGraph): Promise<boolean> {
  if (nodesForProcessor(graph).length > 0) return false
  try {
    const session = await ort.InferenceSession.create(serialiseOnnx(graph), {
      executionProviders: ['webgpu'],
      logSeverityLevel: 4,
      extra: { session: { disable_cpu_ep_fallback: '1' } },
    })
    await session.release()
    return true
  } catch (error) {
    if (String(error).includes('fallback to CPU EP has been explicitly disabled')) return false
    throw error
  }
}

async function answer(request: WorkerRequest) {
  return request.type === 'run'
    ? { results: await runSteps(engine, request.job) }
    : { isOnGpu: await isWholeOnGpu(request.graph) }
}

process.on('message', (request: WorkerRequest) => {
  answer(request).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  )
})
