import { type Problem, problem } from '../../problems.ts'
import type { LossKind } from '../run-config.ts'
import { layerFixes, lossTitle, shapeText } from './loss-messages.ts'
import type { OutputHead } from './output-head.ts'
import type { TargetDescription } from './output-loss.ts'

type NumberTarget = TargetDescription & { readonly kind: 'number' }

/** Why a loss cannot compare this head with numbers, or `undefined` when it can. */
export function numberProblem(head: OutputHead, kind: LossKind, target: NumberTarget): Problem | undefined {
  if (kind === 'sparseCategoricalCrossentropy') return needsCategory(head, kind, target)
  if (kind === 'categoricalCrossentropy' && target.width === 1) return needsCategory(head, kind, target)
  return widthProblem(head, target) ?? headProblem(head, kind) ?? rangeProblem(head, kind, target)
}

function needsCategory(head: OutputHead, kind: LossKind, target: NumberTarget): Problem {
  const { automaticLoss } = layerFixes(head)
  return problem(
    'loss.target',
    `${lossTitle(kind)} tells classes apart, but the target "${target.name}" holds numbers.`,
    {
      hint: `Import "${target.name}" as a category, or let the output choose the loss by itself.`,
      layerId: head.output.id,
      fix: automaticLoss,
    },
  )
}

function widthProblem(head: OutputHead, target: NumberTarget): Problem | undefined {
  if (target.width === head.units) return undefined
  const fix = layerFixes(head).units(target.width)
  const numbers = target.width === 1 ? 'is one number' : `has ${target.width} numbers`
  return problem(
    'data.unitsMismatch',
    `Layer "${head.layer.name}" in front of output "${head.output.name}" gives ${shapeText(head.shape)} values per ` +
      `sample, but the target "${target.name}" ${numbers} per sample.`,
    {
      hint: `Give "${head.layer.name}" ${target.width === 1 ? '1 unit' : `${target.width} units`}.`,
      layerId: head.layer.id,
      ...(fix && { fix }),
    },
  )
}

/** Cross-entropies need probabilities, or scores from which to make them. */
function headProblem(head: OutputHead, kind: LossKind): Problem | undefined {
  const wanted = wantedActivations(kind)
  const isVector = head.shape.length === 1 || kind !== 'categoricalCrossentropy'
  if (!wanted || (isVector && wanted.includes(head.activation))) return undefined
  const [best = 'linear'] = wanted
  const fix = isVector ? layerFixes(head).activation(best) : undefined
  return problem(
    'loss.head',
    isVector
      ? `${lossTitle(kind)} needs a head that ends in ${best}, but layer "${head.layer.name}" ends in ${head.activation}.`
      : `${lossTitle(kind)} needs one list of scores, but layer "${head.layer.name}" gives shape ${shapeText(head.shape)}.`,
    {
      hint: isVector
        ? `Set the activation of "${head.layer.name}" to ${best}, or choose another loss.`
        : 'Put a flatten layer in front of the output, or choose another loss.',
      layerId: head.layer.id,
      ...(fix && { fix }),
    },
  )
}

function wantedActivations(kind: LossKind): readonly string[] | undefined {
  if (kind === 'binaryCrossentropy') return ['sigmoid', 'linear']
  if (kind === 'categoricalCrossentropy') return ['softmax', 'logSoftmax', 'linear']
  return undefined
}

/** Outside of 0 to 1 a cross-entropy has no smallest value, so training would run away. */
function rangeProblem(head: OutputHead, kind: LossKind, target: NumberTarget): Problem | undefined {
  if (!wantedActivations(kind)) return undefined
  const { minimum = 0, maximum = 1 } = target
  if (minimum >= 0 && maximum <= 1) return undefined
  return problem(
    'loss.target',
    `${lossTitle(kind)} needs targets between 0 and 1, but "${target.name}" goes from ${minimum} to ${maximum}.`,
    {
      hint: 'Let the output choose the loss by itself, or import the column as a category.',
      layerId: head.output.id,
      fix: layerFixes(head).automaticLoss,
    },
  )
}
