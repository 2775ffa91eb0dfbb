import type { OperatorCase } from './case-graph.ts'

function gridSample(mode: string, padding: string): OperatorCase {
  return {
    operator: 'GridSample',
    label: `GridSample ${mode}, ${padding}`,
    build: (graph) => {
      const [height, width] = [graph.integer(1, 5), graph.integer(1, 5)]
      const pictures = graph.float([2, 3, height, width])
      const grid = graph.input('float32', [2, graph.integer(1, 4), 5, 2], () => 5 * graph.random() - 2.5)
      return graph.apply('GridSample', [pictures, grid], { mode, padding_mode: padding, align_corners: 0 })
    },
  }
}

export const gridSampleCases: readonly OperatorCase[] = ['linear', 'nearest'].flatMap((mode) =>
  ['zeros', 'border', 'reflection'].map((padding) => gridSample(mode, padding)),
)
