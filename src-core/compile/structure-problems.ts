import { firstFree } from '../document/new-elements.ts'
import type { PortDefinition } from '../layers/define-layer.ts'
import { type Problem, problem } from '../problems.ts'
import { type Drawing, type DrawnLayer, fewestWires, mostWires, type Wire, wiresAt } from './drawing.ts'
import { addInputFix, addOutputFix, connectFix, disconnectFix } from './fixes.ts'

/** What is wrong with the drawing as a whole: empty, without input or output. */
export function wholeProblems(drawing: Drawing): Problem[] {
  if (drawing.layers.length === 0) {
    const hint = 'Drag a layer from the palette onto the canvas, or open a template.'
    return [problem('graph.empty', 'The model has no layers.', { hint })]
  }
  const problems: Problem[] = []
  const has = (kind: string) => drawing.layers.some(({ node }) => node.kind === kind)
  if (!has('input')) {
    problems.push(
      problem('graph.noInput', 'The model has no input layer, so no data can enter it.', {
        hint: 'Add an Input layer and connect it to the first layer.',
        ...addInputFix(drawing),
      }),
    )
  }
  if (!has('output')) {
    problems.push(
      problem('graph.noOutput', 'The model has no output layer, so it predicts nothing.', {
        hint: 'Add an Output layer and connect the last layer to it.',
        ...addOutputFix(drawing),
      }),
    )
  }
  return problems
}

/** Layers that cannot be told apart. */
export function identityProblems(drawing: Drawing): Problem[] {
  const problems: Problem[] = []
  const firstById = new Map<string, DrawnLayer>()
  const firstByName = new Map<string, DrawnLayer>()
  const names = new Set(drawing.layers.map(({ node }) => node.name))
  for (const layer of drawing.layers) {
    const { id, name } = layer.node
    const sameId = firstById.get(id)
    const sameName = firstByName.get(name)
    if (sameId) {
      problems.push(
        problem('graph.duplicateId', `${name} and ${sameId.node.name} have the same id "${id}".`, {
          hint: 'Remove one of them and add it again.',
          layerId: id,
        }),
      )
    } else if (sameName) problems.push(duplicateName(layer, names))
    if (!sameId) firstById.set(id, layer)
    if (!sameName) firstByName.set(name, layer)
  }
  return problems
}

function duplicateName({ node }: DrawnLayer, names: ReadonlySet<string>): Problem {
  const free = firstFree(node.name.replace(/_\d+$/, ''), (name) => names.has(name))
  return problem('graph.duplicateName', `Two layers have the name "${node.name}".`, {
    hint: 'Give one of them another name; weights and exports go by names.',
    layerId: node.id,
    fix: {
      label: `Rename to ${free}`,
      edits: [{ type: 'renameLayer', layerId: node.id, name: free }],
    },
  })
}

/** A cycle, named in the direction of the data; the wire that was drawn last is the one to remove. */
export function cycleProblem(cycle: readonly Wire[]): Problem {
  const last = cycle.at(-1)
  const [first] = cycle
  if (!first || !last) throw new Error('a cycle has at least one wire')
  const names = [...cycle.map((wire) => wire.source.node.name), first.source.node.name]
  const message =
    cycle.length === 1
      ? `${first.source.node.name} is wired to itself.`
      : `Layers form a cycle: ${names.join(' → ')}.`
  return problem('graph.cycle', message, {
    hint: 'Data can only flow one way; remove one of these wires.',
    layerId: last.target.node.id,
    port: last.connection.targetPort,
    fix: disconnectFix(
      `Remove the wire from ${last.source.node.name} to ${last.target.node.name}`,
      last.connection,
    ),
  })
}

export function danglingProblem({ connection, reason }: Drawing['dangling'][number]): Problem {
  return problem('graph.danglingConnection', `The wire "${connection.id}" names ${reason}.`, {
    hint: 'Remove the wire.',
    layerId: connection.target,
    port: connection.targetPort,
    fix: disconnectFix('Remove the wire', connection),
  })
}

export function unknownKindProblem({ node }: DrawnLayer): Problem {
  return problem('layer.unknownKind', `${node.name} is of the kind "${node.kind}", which is not known.`, {
    hint: 'Replace it by a layer of the palette, or open the document with a newer LayerLoom.',
    layerId: node.id,
    fix: { label: `Remove ${node.name}`, edits: [{ type: 'removeLayer', layerId: node.id }] },
  })
}

/** Ports of one layer with too few or too many wires. */
export function portProblems(drawing: Drawing, layer: DrawnLayer): Problem[] {
  return (layer.definition?.inputs ?? []).flatMap((port) => {
    const wires = wiresAt(layer, port)
    if (wires.length < fewestWires(port)) return [unconnected(drawing, layer, port, wires)]
    if (wires.length > mostWires(port)) return [doublyConnected(layer, port, wires)]
    return []
  })
}

function unconnected(
  drawing: Drawing,
  layer: DrawnLayer,
  port: PortDefinition,
  wires: readonly Wire[],
): Problem {
  const { id, name } = layer.node
  const fewest = fewestWires(port)
  const message =
    fewest === 1
      ? `${name} has no input: nothing is wired to it.`
      : `${name} needs ${port.maximum === fewest ? 'exactly' : 'at least'} ${fewest} inputs, but ${
          wires.length === 0 ? 'nothing is wired to it' : `only ${listNames(wires)} is wired to it`
        }.`
  return problem('graph.unconnectedInput', message, {
    hint: `Draw a wire from the layer before it to ${name}, or remove ${name}.`,
    layerId: id,
    port: port.name,
    ...connectFix(drawing, layer, port),
  })
}

function doublyConnected(layer: DrawnLayer, port: PortDefinition, wires: readonly Wire[]): Problem {
  const { id, name } = layer.node
  const most = mostWires(port)
  const extra = wires.slice(most)
  const takes = most === 1 ? 'one wire' : `${most} wires`
  const merge = most === 1 ? ', or merge them with Add or Concatenate first' : ''
  return problem(
    'graph.doublyConnectedInput',
    `${name} takes ${takes}, but ${listNames(wires)} are wired to it.`,
    {
      hint: `Keep ${takes}${merge}.`,
      layerId: id,
      port: port.name,
      fix: {
        label: `Remove the wire${extra.length > 1 ? 's' : ''} from ${listNames(extra)}`,
        edits: extra.map((wire) => ({ type: 'disconnect', connectionId: wire.connection.id })),
      },
    },
  )
}

/** "a", "a and b", "a, b and c". */
function listNames(wires: readonly Wire[]): string {
  const names = wires.map((wire) => wire.source.node.name)
  const last = names.pop() ?? ''
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`
}

/** A layer whose result goes nowhere; said only once there is an output for it to go to. */
export function unusedProblem(layer: DrawnLayer): Problem {
  const { id, name } = layer.node
  return problem('graph.unusedOutput', `The result of ${name} is not used.`, {
    severity: 'warning',
    hint: `Wire ${name} to another layer or remove it; it is left out of training.`,
    layerId: id,
    fix: { label: `Remove ${name}`, edits: [{ type: 'removeLayer', layerId: id }] },
  })
}
