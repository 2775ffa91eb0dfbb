import { type Problem, problem } from '../../problems.ts'
import type { LossKind } from '../run-config.ts'
import { headText, layerFixes, lossTitle, shapeText } from './loss-messages.ts'
import { lossRules } from './loss-rules.ts'
import type { OutputHead } from './output-head.ts'
import type { TargetDescription } from './output-loss.ts'

type NumberTarget = TargetDescription & { readonly kind: 'number' }

/** Why a loss cannot compare this head with numbers, or `undefined` when it can. */
export function numberProblem(head: OutputHead, kind: LossKind, target: NumberTarget): Problem | undefined {
  const { classes, numbers } = lossRules[kind]
  if (numbers === 'none') return needsCategory(head, kind, target)
  if (numbers === 'list' && target.width === 1) {
    return classes === 'none' ? needsSeveral(head, kind, target) : needsCategory(head, kind, target)
  }
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

function needsSeveral(head: OutputHead, kind: LossKind, target: NumberTarget): Problem {
  const { automaticLoss } = layerFixes(head)
  return problem(
    'loss.target',
    `${lossTitle(kind)} compares directions of at least 2 numbers, but the target "${target.name}" is one number.`,
    {
      hint: 'Let the output choose the loss by itself.',
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

/** Some losses need probabilities, or scores from which to make them, or rates. */
function headProblem(head: OutputHead, kind: LossKind): Problem | undefined {
  const { numbers, heads } = lossRules[kind]
  if (numbers === 'list' && !isListed(head)) return needsList(head, kind)
  if (!heads || heads.includes(head.activation)) return undefined
  const [best = 'linear'] = heads
  const fix = layerFixes(head).activation(best)
  return problem(
    'loss.head',
    `${lossTitle(kind)} needs ${headText(best)}, but layer "${head.layer.name}" ends in ${head.activation}.`,
    {
      hint: `Set the activation of "${head.layer.name}" to ${best}, or choose another loss.`,
      layerId: head.layer.id,
      ...(fix && { fix }),
    },
  )
}

/** One list of values, or one of several values at every step. */
function isListed({ shape }: OutputHead): boolean {
  return shape.length === 1 || (shape.length === 2 && (shape[1] ?? 0) > 1)
}

function needsList(head: OutputHead, kind: LossKind): Problem {
  return problem(
    'loss.head',
    `${lossTitle(kind)} needs one list of values, or one at every step, but layer "${head.layer.name}" gives shape ${shapeText(head.shape)}.`,
    {
      hint: 'Put a flatten layer in front of the output, or choose another loss.',
      layerId: head.layer.id,
    },
  )
}

/** Outside of its range a loss has no smallest value, so that training would run away, or cannot tell values apart. */
function rangeProblem(head: OutputHead, kind: LossKind, target: NumberTarget): Problem | undefined {
  const { range } = lossRules[kind]
  if (!range) return undefined
  const [low, high] = range
  const { minimum = low, maximum = high } = target
  if (minimum >= low && maximum <= high) return undefined
  const wanted =
    high === Number.POSITIVE_INFINITY ? `targets of at least ${low}` : `targets between ${low} and ${high}`
  return problem(
    'loss.target',
    `${lossTitle(kind)} needs ${wanted}, but "${target.name}" goes from ${minimum} to ${maximum}.`,
    {
      hint: 'Let the output choose the loss by itself, or import the column as a category.',
      layerId: head.output.id,
      fix: layerFixes(head).automaticLoss,
    },
  )
}
