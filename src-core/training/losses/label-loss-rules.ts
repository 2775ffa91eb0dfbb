import { type Fix, type Problem, type ProblemCode, problem } from '../../problems.ts'
import { headText, layerFixes, lossTitle, shapeText } from './loss-messages.ts'
import { lossRules } from './loss-rules.ts'
import type { OutputHead } from './output-head.ts'
import type { TargetDescription } from './output-loss.ts'

/** The loss that compares lists of labels. */
const kind = 'ctc'

/**
 * Why connectionist temporal classification cannot compare this head with a target, or `undefined` when it can: the head
 * must give classes at steps, the target whole numbers below their number, not more of them than there are steps.
 */
export function labelProblem(head: OutputHead, target: TargetDescription): Problem | undefined {
  if (target.kind === 'category') return needsLabels(head, target)
  return headProblem(head) ?? rangeProblem(head, target) ?? lengthProblem(head, target)
}

function needsLabels(head: OutputHead, { name, steps, classes }: TargetDescription & { kind: 'category' }) {
  const found =
    steps === undefined
      ? `is a category with ${classes} classes`
      : `is a sequence of tokens, one at each of ${steps} steps`
  return refuse(
    head,
    'loss.target',
    `${lossTitle(kind)} compares with a list of labels, but the target "${name}" ${found}.`,
    'Choose the first of number columns that are called alike (label 1, label 2, …), one for each label of the longest list, with 0 where a list has ended; or let the output choose the loss by itself.',
    layerFixes(head).automaticLoss,
  )
}

function headProblem(head: OutputHead): Problem | undefined {
  const { layer, shape, activation, output } = head
  if (shape.length !== 2 || (shape[1] ?? 0) < 2) {
    return refuse(
      head,
      'loss.head',
      `${lossTitle(kind)} needs an output of the shape steps × classes with at least 2 classes, but output "${output.name}" ` +
        `gets values of shape ${shapeText(shape)} from layer "${layer.name}".`,
      'Let recurrent layers return sequences, lay the columns of pictures out as steps, and end in a dense layer with a unit for each label and one for the blank.',
    )
  }
  const { heads = [] } = lossRules[kind]
  if (heads.includes(activation)) return undefined
  const [best = 'linear'] = heads
  return refuse(
    head,
    'loss.head',
    `${lossTitle(kind)} needs ${headText(best)}, but layer "${layer.name}" ends in ${activation}.`,
    `Set the activation of "${layer.name}" to ${best}.`,
    layerFixes(head).activation(best),
  )
}

function rangeProblem(head: OutputHead, target: TargetDescription & { kind: 'number' }): Problem | undefined {
  const { layer, shape } = head
  const classes = shape[1] ?? 0
  const { name, minimum = 0, maximum = 0 } = target
  if (minimum < 0) {
    return refuse(
      head,
      'loss.target',
      `${lossTitle(kind)} needs labels from 1 on, with 0 for padding, but the target "${name}" goes down to ${minimum}.`,
      'Number the labels from 1 on, and write 0 where a list has ended.',
    )
  }
  if (maximum < classes) return undefined
  const needed = Math.floor(maximum) + 1
  return refuse(
    head,
    'data.tooManyClasses',
    `The target "${name}" has labels up to ${maximum}, but layer "${layer.name}" in front of output "${head.output.name}" tells ` +
      `${classes} classes apart, of which 0 is the blank.`,
    `Give "${layer.name}" ${needed} units: one for each label, and one for the blank.`,
    layerFixes(head).units(needed),
  )
}

function lengthProblem(head: OutputHead, { name, width }: TargetDescription & { kind: 'number' }) {
  const { layer, shape } = head
  const [steps = 0] = shape
  if (width <= steps) return undefined
  return refuse(
    head,
    'loss.target',
    `${lossTitle(kind)} needs at least as many steps as labels, but the target "${name}" has ${width} labels and layer ` +
      `"${layer.name}" gives ${steps} steps.`,
    'Keep more steps: take out layers that pool or skip them, or let the input have more.',
  )
}

function refuse(head: OutputHead, code: ProblemCode, message: string, hint: string, fix?: Fix): Problem {
  const shownOn = code === 'loss.target' ? head.output.id : head.layer.id
  return problem(code, message, { hint, layerId: shownOn, ...(fix && { fix }) })
}
