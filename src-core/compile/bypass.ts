import { isBypassed } from '../document/layer-edits.ts'
import { type Fix, type Problem, problem, problemFixes } from '../problems.ts'
import type { Shape } from '../tensor-graph/types.ts'
import type { DrawnLayer, Wire } from './drawing.ts'
import type { LayerInference } from './infer-layer.ts'

/** The wire whose values a bypassed layer passes on: the first one at its first port. */
export function passedWire(layer: DrawnLayer): Wire | undefined {
  const port = layer.definition?.inputs[0]?.name
  return layer.incoming.find((wire) => port === undefined || wire.connection.targetPort === port)
}

/** The layer whose result really arrives where a wire from `layer` ends. Only for drawings without cycles. */
export function throughBypassed(layer: DrawnLayer): DrawnLayer {
  let source = layer
  for (let wire = passedWire(source); isBypassed(source.node) && wire; wire = passedWire(source)) {
    source = wire.source
  }
  return source
}

/** Layers that the outputs depend on, themselves included: behind a bypassed layer only what it passes on. */
export function neededLayers(outputs: readonly DrawnLayer[]): ReadonlySet<DrawnLayer> {
  const needed = new Set(outputs)
  // A set walks entries that are added while it is walked.
  for (const layer of needed) {
    const wire = passedWire(layer)
    const wires = isBypassed(layer.node) ? (wire ? [wire] : []) : layer.incoming
    for (const { source } of wires) needed.add(source)
  }
  return needed
}

/** What is known of a bypassed layer: the shape that reaches it is the one it gives; it has no weights. */
export function bypassInference(arriving: Shape | undefined): LayerInference {
  const base = { parameters: {}, parameterProblems: [], weights: [] }
  if (!arriving) return base
  const nothing = { parameterCount: 0, trainableCount: 0, flops: 0, activationElements: 0 }
  return {
    ...base,
    shaped: { inputShapes: [arriving], outputShape: arriving, ...nothing, maskRule: 'passesFirst' },
  }
}

/** Why a layer cannot be bypassed where it stands, and what is lost where it can. */
export function bypassProblems(layer: DrawnLayer): Problem[] {
  const { id, name } = layer.node
  const { definition, incoming } = layer
  const details = { layerId: id, fix: enableFix(layer) }
  if (definition && (definition.inputs.length === 0 || definition.outputs.length === 0)) {
    const lacks = definition.inputs.length === 0 ? 'before' : 'after'
    return [
      problem(
        'layer.bypassed',
        `${name} is bypassed, but nothing comes ${lacks} ${definition.label} layers.`,
        {
          ...details,
          hint: `Switch ${name} on again, or remove it.`,
        },
      ),
    ]
  }
  const passed = passedWire(layer)
  if (!passed) {
    return [
      problem('layer.bypassed', `${name} is bypassed, but nothing is wired to it that it could pass on.`, {
        ...details,
        hint: `Draw a wire to ${name}, or remove it.`,
      }),
    ]
  }
  const lost = incoming.filter((wire) => wire !== passed).map((wire) => wire.source.node.name)
  if (lost.length === 0) return []
  return [
    problem(
      'layer.bypassed',
      `${name} is bypassed: it passes on ${passed.source.node.name} and drops ${lost.join(', ')}.`,
      { ...details, severity: 'warning', hint: `Switch ${name} on again to use all of its inputs.` },
    ),
  ]
}

/** A refusal of shapes that came through a bypassed layer says so, and offers to switch that layer on again. */
export function withBypassedSource(refusal: Problem, wires: readonly Wire[]): Problem {
  const source = wires.map((wire) => wire.source).find(({ node }) => isBypassed(node))
  if (!source) return refusal
  const { name } = source.node
  const because = `${name} is bypassed and passes on what reaches it.`
  return {
    ...refusal,
    hint: refusal.hint === undefined ? because : `${because} ${refusal.hint}`,
    fix: enableFix(source),
    ...(refusal.fix && { otherFixes: problemFixes(refusal).slice(0, 2) }),
  }
}

function enableFix({ node }: DrawnLayer): Fix {
  return {
    label: `Enable ${node.name}`,
    edits: [{ type: 'setBypassed', layerId: node.id, bypassed: false }],
  }
}
