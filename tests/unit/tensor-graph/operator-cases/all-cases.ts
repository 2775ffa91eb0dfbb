import { CaseGraph, type OperatorCase } from './case-graph.ts'
import { elementwiseCases } from './elementwise.ts'
import { gridSampleCases } from './grid-sample.ts'
import { matrixCases } from './matrix.ts'
import { movementCases } from './movement.ts'
import { recurrentCases } from './recurrent.ts'
import { reductionCases } from './reduction.ts'
import { windowCases } from './window.ts'

/** Every case of every operator. The parity and gradient tests both run over this list. */
export const operatorCases: readonly OperatorCase[] = [
  ...elementwiseCases,
  ...reductionCases,
  ...matrixCases,
  ...windowCases,
  ...movementCases,
  ...recurrentCases,
  ...gridSampleCases,
]

/** Each case is drawn anew from each of these. */
export function seedsOf({ large }: OperatorCase): readonly number[] {
  return large ? [1] : [1, 2, 3, 4, 5, 6]
}

/** Draws a case and returns its graph, data and outputs. */
export function drawCase({ build }: OperatorCase, seed: number) {
  const graph = new CaseGraph(seed)
  const result = build(graph)
  const outputs = 'name' in result ? [result] : [...result]
  return { graph, outputs }
}
