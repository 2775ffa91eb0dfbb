import { type Problem, problem } from '../problems.ts'
import type { InferredLayer } from './compile-model.ts'
import type { DrawnLayer } from './drawing.ts'

/** Layers whose result carries a padding mask. `inferred` is in execution order. */
export function maskedLayers(inferred: ReadonlyMap<DrawnLayer, InferredLayer>): ReadonlySet<DrawnLayer> {
  const masked = new Set<DrawnLayer>()
  for (const each of inferred.values()) {
    if (carriesMask(each, masked)) masked.add(each.layer)
  }
  return masked
}

function carriesMask(each: InferredLayer, masked: ReadonlySet<DrawnLayer>): boolean {
  const rule = each.inference?.shaped?.maskRule
  if (rule === 'passes') return maskedSources(each, masked).length > 0
  const [first] = each.wires ?? []
  if (rule === 'passesFirst') return first !== undefined && masked.has(first.source)
  return rule === 'makes'
}

/** Warnings where a layer treats padding like data because it does not know masks. */
export function maskProblems(
  inferred: ReadonlyMap<DrawnLayer, InferredLayer>,
  masked: ReadonlySet<DrawnLayer>,
): Problem[] {
  return [...inferred.values()].flatMap((each) => {
    const [source] = maskedSources(each, masked)
    if (!source || each.inference?.shaped?.maskRule !== 'ignores') return []
    const { id, name } = each.layer.node
    return [
      problem('mask.ignored', `${name} treats the padding that ${source.node.name} marks like data.`, {
        severity: 'warning',
        hint: `Put a layer that knows padding before ${name} (LSTM, GRU, GlobalAveragePooling1D, attention), or switch the mask off.`,
        layerId: id,
        ...(source.node.parameters.maskZero === true && {
          fix: {
            label: `Switch the mask of ${source.node.name} off`,
            edits: [{ type: 'setParameters', layerId: source.node.id, parameters: { maskZero: undefined } }],
          },
        }),
      }),
    ]
  })
}

function maskedSources({ wires }: InferredLayer, masked: ReadonlySet<DrawnLayer>): DrawnLayer[] {
  return (wires ?? []).map(({ source }) => source).filter((source) => masked.has(source))
}
