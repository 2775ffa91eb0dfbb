import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../../../src-core/tensor-graph/graph-builder.ts'

describe('GraphBuilder', () => {
  it('shares small equal constants, and tells types, shapes, −0 and NaN apart', () => {
    const builder = new GraphBuilder('constants')
    expect(builder.scalar(2)).toBe(builder.scalar(2))
    expect(builder.integers([1, 2])).toBe(builder.integers([1, 2]))
    expect(builder.scalar(0)).not.toBe(builder.scalar(-0))
    expect(builder.scalar(Number.NaN)).toBe(builder.scalar(Number.NaN))
    expect(builder.constant('float32', [1], Float32Array.of(2))).not.toBe(builder.scalar(2))
    expect(builder.constant('int32', [2], Int32Array.of(1, 2))).not.toBe(builder.integers([1, 2]))
  })

  it('gives the elements of constants, and of nothing else', () => {
    const builder = new GraphBuilder('data')
    const x = builder.input('x', 'float32', [])
    expect(builder.constantData(builder.scalar(2))).toEqual(Float32Array.of(2))
    expect(builder.constantData(x)).toBeUndefined()
    expect(builder.constantData(builder.apply('Neg', [x]))).toBeUndefined()
  })

  it('refuses constants whose elements do not fill their shape', () => {
    const builder = new GraphBuilder('data')
    expect(() => builder.constant('float32', [2, 2], new Float32Array(3), 'kernel')).toThrow(
      'constant "kernel" of shape [2, 2] got 3 elements',
    )
  })

  it('names nodes and values uniquely, with their scope', () => {
    const builder = new GraphBuilder('names')
    const x = builder.input('x', 'float32', [2])
    const names = builder.scope('outer', () => [
      builder.apply('Neg', [x]).name,
      builder.scope('inner', () => builder.apply('Neg', [x]).name),
      builder.apply('Neg', [x]).name,
    ])
    expect(new Set(names).size).toBe(3)
    expect(names[0]).toMatch(/^outer\//)
    expect(names[1]).toMatch(/^outer\/inner\//)
    expect(builder.nodes.map((node) => node.name)).toHaveLength(
      new Set(builder.nodes.map((node) => node.name)).size,
    )
  })

  it('knows the node that computes a value', () => {
    const builder = new GraphBuilder('producers')
    const x = builder.input('x', 'float32', [4])
    const [, second] = builder.applyMany('Split', [x], { num_outputs: 2 }, 2)
    expect(second && builder.producer(second)?.operator).toBe('Split')
    expect(builder.producer(x)).toBeUndefined()
  })

  it('leaves out of the finished graph what no output depends on, but keeps every input', () => {
    const builder = new GraphBuilder('pruned')
    const [x, unused] = [builder.input('x', 'float32', [2]), builder.input('unused', 'float32', [2])]
    const kept = builder.apply('Mul', [x, builder.scalar(2)])
    builder.apply('Mul', [unused, builder.scalar(3)])
    builder.output('y', kept)
    const graph = builder.build()
    expect(graph.nodes.map((node) => node.outputs[0]?.name)).toEqual([kept.name])
    expect(graph.constants.map(({ data }) => Array.from(data, Number))).toEqual([[2]])
    expect(graph.inputs.map((input) => input.name)).toEqual(['x', 'unused'])
  })

  it('refuses a second input or output of the same name', () => {
    const builder = new GraphBuilder('twice')
    const x = builder.input('x', 'float32', [2])
    builder.output('y', x)
    expect(() => builder.input('x', 'float32', [2])).toThrow('the graph already has a value named "x"')
    expect(() => builder.output('y', x)).toThrow('the graph already has an output "y"')
  })
})
