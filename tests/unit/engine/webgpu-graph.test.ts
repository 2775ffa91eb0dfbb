import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../../../src-core/tensor-graph/graph-builder.ts'
import { webgpuGraph } from '../../../src-main/engine/process/onnx/webgpu-graph.ts'
import { runOnnx } from '../../support/run-onnx.ts'

/** Pieces of 1, 2, 3, 1, 2, 3 ... columns of two rows. */
function splitInto(count: number) {
  const sizes = Array.from({ length: count }, (_, index) => 1 + (index % 3))
  const width = sizes.reduce((sum, size) => sum + size, 0)
  const builder = new GraphBuilder('split')
  const x = builder.input('x', 'float32', [2, width])
  const pieces = builder.applyMany('Split', [x, builder.integers(sizes)], { axis: -1 }, count)
  for (const [index, piece] of pieces.entries()) builder.output(`piece${index}`, piece)
  return { graph: builder.build(), x: Float32Array.from({ length: 2 * width }, (_, index) => index) }
}

describe('the WebGPU form of a graph', () => {
  it.each([8, 20, 49, 50, 130])('splits into %i pieces with at most 7 outputs at a time', async (count) => {
    const { graph, x } = splitInto(count)
    const form = webgpuGraph(graph)
    for (const { outputs } of form.nodes) expect(outputs.length).toBeLessThanOrEqual(7)
    expect(new Set(form.nodes.map(({ name }) => name)).size).toBe(form.nodes.length)
    expect(await runOnnx(form, { x })).toEqual(await runOnnx(graph, { x }))
  })

  it('is the graph itself where no Split is wide', () => {
    const { graph } = splitInto(7)
    expect(webgpuGraph(graph)).toBe(graph)
  })
})
