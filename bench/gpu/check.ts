import { OnnxEngine } from '../../src-main/engine/process/onnx/onnx-engine.ts'
import { type TenStepCase, tenStepCases } from '../../tests/parity/support/ten-step-cases.ts'
import { largestLossDifference } from '../../tests/parity/support/ten-step-differences.ts'
import { lossesOf, tenStepJob } from '../../tests/parity/support/ten-step-job.ts'
import { tenStepModel } from '../../tests/parity/support/ten-step-model.ts'
import { GpuProcess } from '../../tests/support/gpu-process.ts'
import { runSteps } from '../../tests/support/run-steps.ts'

/** Losses of ten training steps on the GPU against those on the processor. */
export interface GpuCheck {
  /** Layer cases compared in the time there was, of all there are. */
  readonly compared: number
  readonly total: number
  /** Relative differences of the losses, largest first: those above 1e-4. */
  readonly apart: readonly { readonly name: string; readonly difference: number }[]
  /** The largest of the others. */
  readonly largest: number
  readonly failed: readonly { readonly name: string; readonly error: string }[]
}

const allowed = 1e-4

/** Trains layer cases on the GPU until `seconds` have passed: first one of every kind of layer, then the others. */
export async function checkOnGpu(seconds: number, say: (line: string) => void): Promise<GpuCheck> {
  const gpu = new GpuProcess({})
  const cases = oneOfEachKindFirst()
  const until = performance.now() + 1000 * seconds
  const differences: { name: string; difference: number }[] = []
  const failed: { name: string; error: string }[] = []
  for (const [name, one] of cases) {
    if (performance.now() > until) break
    try {
      differences.push({ name, difference: await differenceOf(one, gpu) })
    } catch (error) {
      failed.push({ name, error: error instanceof Error ? error.message.slice(0, 300) : String(error) })
    }
  }
  gpu.stop()
  const apart = differences
    .filter(({ difference }) => !(difference < allowed))
    .sort((a, b) => b.difference - a.difference)
  const near = differences.flatMap(({ difference }) => (difference < allowed ? [difference] : []))
  say(
    `${differences.length} of ${cases.length} layer cases compared, ${apart.length} above ${allowed}, ${failed.length} failed`,
  )
  return {
    compared: differences.length,
    total: cases.length,
    apart,
    largest: Math.max(0, ...near),
    failed,
  }
}

async function differenceOf(one: TenStepCase, gpu: GpuProcess): Promise<number> {
  const model = tenStepModel(one)
  const job = tenStepJob(model)
  const processor = new OnnxEngine({ provider: 'cpu', device: 'any', threads: 1 })
  return largestLossDifference(
    lossesOf(model, await gpu.run(job)),
    lossesOf(model, await runSteps(processor, job)),
  )
}

function oneOfEachKindFirst(): [string, TenStepCase][] {
  const seen = new Set<string>()
  const first: [string, TenStepCase][] = []
  const others: [string, TenStepCase][] = []
  for (const entry of Object.entries(tenStepCases)) {
    const { kind } = entry[1]
    if (seen.has(kind)) others.push(entry)
    else first.push(entry)
    seen.add(kind)
  }
  return [...first, ...others]
}
