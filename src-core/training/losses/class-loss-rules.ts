import { type Fix, type Problem, type ProblemCode, problem } from '../../problems.ts'
import type { LossKind } from '../run-config.ts'
import { headText, type LayerFixes, layerFixes, lossTitle, shapeText } from './loss-messages.ts'
import { lossRules } from './loss-rules.ts'
import type { OutputHead } from './output-head.ts'
import type { TargetDescription } from './output-loss.ts'

type ClassTarget = TargetDescription & { readonly kind: 'category' }

interface ClassCase {
  readonly head: OutputHead
  readonly kind: LossKind
  readonly target: ClassTarget
  readonly fixes: LayerFixes
}

/** Why a loss cannot compare this head with a category, or `undefined` when it can. */
export function classProblem(head: OutputHead, kind: LossKind, target: ClassTarget): Problem | undefined {
  const given: ClassCase = { head, kind, target, fixes: layerFixes(head) }
  const { classes, heads = [] } = lossRules[kind]
  if (classes === 'none') return needsNumbers(given)
  if (classes === 'embedding') return embeddingProblem(given)
  const misshapen = target.steps === undefined ? vectorProblem(given) : stepsProblem(given, target.steps)
  if (misshapen) return misshapen
  const isBinary = classes === 'binary' || (classes === 'either' && head.units === 1)
  // A single unit has nothing to share a softmax with.
  return isBinary
    ? binaryProblem(
        given,
        heads.filter((name) => name !== 'softmax'),
      )
    : categoricalProblem(given, classes === 'either' ? ['softmax', ...heads] : heads)
}

function needsNumbers(given: ClassCase): Problem {
  const { kind, target, fixes } = given
  return refuse(
    given,
    'loss.target',
    `${lossTitle(kind)} compares numbers, but the target "${target.name}" is a category with ${target.classes} classes.`,
    'Let the output choose the loss by itself.',
    fixes.automaticLoss,
  )
}

function embeddingProblem(given: ClassCase): Problem | undefined {
  const { head, kind, target } = given
  if (target.steps !== undefined) return needsOneClass(given, target.steps)
  if (head.shape.length === 1 && head.units > 1) return undefined
  return refuse(
    given,
    'loss.head',
    `${lossTitle(kind)} compares lists of at least 2 numbers, but layer "${head.layer.name}" gives ` +
      `${head.units === 1 ? 'a single number' : `shape ${shapeText(head.shape)}`}.`,
    'Put a flatten or global average pooling layer and a dense layer with some 32 units in front of the output.',
  )
}

function needsOneClass(given: ClassCase, steps: number): Problem {
  const { kind, target, fixes } = given
  return refuse(
    given,
    'loss.target',
    `${lossTitle(kind)} compares samples that have one class, but the target "${target.name}" has one at each of ${steps} steps.`,
    'Let the output choose the loss by itself.',
    fixes.automaticLoss,
  )
}

/** One list of scores for each step of the target. */
function stepsProblem(given: ClassCase, steps: number): Problem | undefined {
  const { head, target } = given
  if (head.shape.length === 2 && head.shape[0] === steps) return undefined
  return refuse(
    given,
    'loss.head',
    `Output "${head.output.name}" gets values of shape ${shapeText(head.shape)} from layer "${head.layer.name}", but the ` +
      `target "${target.name}" has one of ${target.classes} classes at each of ${steps} steps: it needs the shape ` +
      `${shapeText([steps, target.classes])}.`,
    head.shape.length < 2
      ? `Let recurrent layers return sequences, take out layers that pool or flatten the steps, and end in a dense layer with ${target.classes} units.`
      : `Let the input have ${steps} steps, keep all of them, and end in a dense layer with ${target.classes} units.`,
  )
}

function vectorProblem(given: ClassCase): Problem | undefined {
  const { head, target } = given
  if (head.shape.length === 1) return undefined
  return refuse(
    given,
    'loss.head',
    `Output "${head.output.name}" gets values of shape ${shapeText(head.shape)} from layer "${head.layer.name}"; ` +
      `to tell the ${target.classes} classes of "${target.name}" apart it needs one list of scores.`,
    `Put a flatten or global average pooling layer and a dense layer with ${target.classes} units in front of the output.`,
  )
}

function binaryProblem(given: ClassCase, heads: readonly string[]): Problem | undefined {
  const { head, target } = given
  const { units } = head
  const classes = Math.max(target.classes, 2)
  if (units === 1 && classes > 2) return tooManyClasses(given)
  if (units > 1 && units !== classes) return units < classes ? tooManyClasses(given) : tooManyUnits(given)
  return activationProblem(given, heads)
}

function categoricalProblem(given: ClassCase, heads: readonly string[]): Problem | undefined {
  const { head, target, fixes } = given
  const { units } = head
  if (units === 1 && target.classes <= 2) {
    return refuse(
      given,
      'loss.head',
      `${lossTitle(given.kind)} needs one unit per class, but layer "${head.layer.name}" has a single unit ` +
        `for the ${target.classes} classes of "${target.name}".`,
      'Let the output choose the loss by itself: for one unit it is binary cross-entropy.',
      fixes.automaticLoss,
    )
  }
  if (target.classes > units) return tooManyClasses(given)
  if (target.classes < units) return tooManyUnits(given)
  return activationProblem(given, heads)
}

function activationProblem(given: ClassCase, heads: readonly string[]): Problem | undefined {
  const { head, kind, fixes } = given
  const [best = 'linear'] = heads
  if (heads.includes(head.activation)) return undefined
  return refuse(
    given,
    'loss.head',
    `${lossTitle(kind)} needs ${headText(best)}, but layer "${head.layer.name}" ends in ${head.activation}.`,
    `Set the activation of "${head.layer.name}" to ${best}.`,
    fixes.activation(best),
  )
}

function tooManyClasses(given: ClassCase): Problem {
  const { head, target, fixes } = given
  return refuse(
    given,
    'data.tooManyClasses',
    `The target "${target.name}" has ${target.classes} classes, but layer "${head.layer.name}" in front of output ` +
      `"${head.output.name}" has ${unitsText(head.units)}.`,
    `Give "${head.layer.name}" ${target.classes} units${head.units === 1 ? ' and softmax' : ''}.`,
    fixes.units(target.classes, head.units === 1 ? 'softmax' : undefined),
  )
}

function tooManyUnits(given: ClassCase): Problem {
  const { head, target, fixes } = given
  return refuse(
    given,
    'data.unitsMismatch',
    `Layer "${head.layer.name}" in front of output "${head.output.name}" has ${unitsText(head.units)}, but the target ` +
      `"${target.name}" has ${target.classes} classes.`,
    `Give "${head.layer.name}" ${target.classes} units.`,
    fixes.units(target.classes),
  )
}

function unitsText(units: number): string {
  return units === 1 ? '1 unit' : `${units} units`
}

function refuse(given: ClassCase, code: ProblemCode, message: string, hint: string, fix?: Fix): Problem {
  const shownOn = code === 'loss.target' ? given.head.output.id : given.head.layer.id
  return problem(code, message, { hint, layerId: shownOn, ...(fix && { fix }) })
}
