import { describe, expect, it } from 'vitest'
import { dataTypeCodes } from '../../../../src-core/tensor-graph/data-types.ts'
import { GraphBuilder } from '../../../../src-core/tensor-graph/graph-builder.ts'
import type { TensorGraph, TensorValue } from '../../../../src-core/tensor-graph/types.ts'
import { processorGraph } from '../../../../src-core/training/memory/processor-graph.ts'

const { float16, float32 } = dataTypeCodes

/** A graph over x and w of 10 × 10 float32, which `build` gets in float16. */
function halfGraph(build: (builder: GraphBuilder, x: TensorValue, w: TensorValue) => TensorValue) {
  const builder = new GraphBuilder('test')
  const [x, w] = ['x', 'w'].map((name) =>
    builder.apply('Cast', [builder.input(name, 'float32', [10, 10])], { to: float16 }),
  )
  if (!x || !w) throw new Error('two inputs')
  builder.output('y', builder.apply('Cast', [build(builder, x, w)], { to: float32 }))
  return builder.build()
}

/** `Gemm float32`, node after node. */
function nodesOf({ nodes }: TensorGraph): string[] {
  return nodes.map(({ operator, outputs }) => `${operator} ${outputs[0]?.dtype}`)
}

const flip = (builder: GraphBuilder, value: TensorValue) =>
  builder.apply('Transpose', [value], { perm: [1, 0] })

describe('a graph with float16, as the processor runs it', () => {
  it('is computed in float32 where there is no kernel, from the float32 that was rounded', () => {
    const graph = halfGraph((builder, x, w) => builder.apply('Relu', [builder.apply('MatMul', [x, w])]))
    const run = processorGraph(graph)
    expect(nodesOf(run)).toEqual(['MatMul float32', 'Relu float32'])
    expect(run.nodes[0]?.inputs.map((input) => input?.name)).toEqual(['x', 'w'])
    expect(run.outputs).toMatchObject([{ name: 'y', value: { dtype: 'float32' } }])
  })

  it('moves elements in float32 between two nodes that compute in it', () => {
    const graph = halfGraph((builder, x, w) =>
      builder.apply('MatMul', [flip(builder, builder.apply('Relu', [x])), w]),
    )
    expect(nodesOf(processorGraph(graph))).toEqual(['Relu float32', 'Transpose float32', 'MatMul float32'])
  })

  it('moves them in float16 where two movements follow each other, with casts around', () => {
    const graph = halfGraph((builder, x, w) => {
      const moved = builder.apply('Unsqueeze', [
        flip(builder, builder.apply('Relu', [x])),
        builder.integers([0]),
      ])
      return builder.apply('MatMul', [moved, w])
    })
    expect(nodesOf(processorGraph(graph))).toEqual([
      'Relu float32',
      'Cast float16',
      'Transpose float16',
      'Unsqueeze float16',
      'Cast float32',
      'MatMul float32',
    ])
  })

  it('casts a value once, however many nodes read it', () => {
    const graph = halfGraph((builder, x) => {
      const moved = flip(builder, x)
      return builder.apply('Add', [builder.apply('Relu', [moved]), builder.apply('Neg', [moved])])
    })
    expect(nodesOf(processorGraph(graph))).toEqual([
      'Cast float16',
      'Transpose float16',
      'Cast float32',
      'Relu float32',
      'Neg float32',
      'Add float32',
    ])
  })

  it('is the same graph where there is none', () => {
    const builder = new GraphBuilder('test')
    builder.output('y', flip(builder, builder.input('x', 'float32', [10, 10])))
    const graph = builder.build()
    expect(processorGraph(graph)).toBe(graph)
  })
})
