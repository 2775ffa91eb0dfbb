import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import {
  nodesForProcessor,
  webgpuExceptions,
} from '../../../src-main/engine/process/onnx/webgpu-exceptions.ts'
import { GpuProcess } from '../../support/gpu-process.ts'
import { LargestDifference, relativeDifference } from '../../support/reference-interpreter/compare.ts'
import { interpret } from '../../support/reference-interpreter/interpret.ts'
import { typedData } from '../../support/reference-interpreter/typed-data.ts'
import { softwareGpu } from '../../support/software-gpu.ts'
import { drawCase, operatorCases } from '../../unit/tensor-graph/operator-cases/all-cases.ts'

/** Shaders may be off by 2⁻¹¹ where they compute these. */
const approximate = new Set(['Sin', 'Cos'])

function built(operatorCase: (typeof operatorCases)[number], seed: number) {
  const { graph, outputs } = drawCase(operatorCase, seed)
  for (const [index, output] of outputs.entries()) graph.builder.output(`out${index}`, output)
  return { graph: graph.builder.build(), feeds: graph.feeds }
}

/** The rows of the table in a section of docs/engines.md. */
function tableBelow(heading: string): string[][] {
  const [, section = ''] = readFileSync('docs/engines.md', 'utf8').split(`${heading}\n`)
  const [body = ''] = section.split('\n#')
  return body
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

/** The seeds of which the exceptions say something are run besides the first. */
function seedsFor(operatorCase: (typeof operatorCases)[number]): number[] {
  const isExceptional = webgpuExceptions.some(({ operator }) => operator === operatorCase.operator)
  return isExceptional && !operatorCase.large ? [1, 2, 3, 4] : [1]
}

describe.skipIf(!softwareGpu())('operators on WebGPU (needs SwiftShader)', () => {
  const gpu = new GpuProcess()
  const largest = new LargestDifference()

  afterAll(() => {
    gpu.stop()
    console.info(`operators, WebGPU against float64 loops: largest relative difference ${largest}`)
  })

  it.each(operatorCases)('$label means what the ONNX page says', async (operatorCase) => {
    for (const seed of seedsFor(operatorCase)) {
      const { graph, feeds } = built(operatorCase, seed)
      const expected = interpret(graph, feeds)
      const data = graph.inputs.map(({ name, dtype }) => [name, typedData(dtype, feeds[name] ?? [])])
      const read = Object.keys(expected)
      const [actual = {}] = await gpu.run({ graph, feeds: [Object.fromEntries(data)], carried: [], read })
      for (const [name, { dtype, shape, data }] of Object.entries(expected)) {
        expect({ dtype: actual[name]?.dtype, shape: actual[name]?.shape }).toEqual({ dtype, shape })
        const difference = relativeDifference(actual[name]?.data ?? [], data)
        largest.record(difference, `${operatorCase.label}, seed ${seed}`)
        expect(difference, `seed ${seed}`).toBeLessThan(
          approximate.has(operatorCase.operator) ? 2 ** -11 : 5e-6,
        )
      }
    }
  })

  it('run on the processor where docs/engines.md says so', async () => {
    const found = new Set<string>()
    for (const operatorCase of operatorCases) {
      const { graph } = built(operatorCase, 1)
      // What the provider takes over and does not do is in the other table.
      if (nodesForProcessor(graph).length > 0) continue
      if (!(await gpu.isOnGpu(graph))) found.add(operatorCase.operator)
    }
    const told = tableBelow('### Operators that WebGPU leaves to the processor').map(([operator]) => operator)
    expect([...found].sort()).toEqual(told)
  })
})

describe('operators that WebGPU takes over and cannot do', () => {
  it('stand in docs/engines.md with the reason', () => {
    const told = tableBelow('### Operators that are kept from WebGPU')
    expect(told).toEqual(webgpuExceptions.map(({ operator, reason }) => [operator, reason]))
  })
})
