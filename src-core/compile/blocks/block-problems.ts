import { inputOfBlockOutput, portLayers } from '../../document/blocks/block-kinds.ts'
import type { BlockDefinition } from '../../document/model-document.ts'
import { type Problem, problem } from '../../problems.ts'
import { insidePrefix } from './expansion.ts'
import type { LostWire, WireTracer } from './wire-tracer.ts'

/** More layers than any drawing that could be trained here; a few nested repeats can ask for billions. */
export const mostExpandedLayers = 20_000

/** Why a block layer cannot be opened. */
export function refusedBlock(
  reason: 'missing' | 'cycle' | 'tooLarge',
  name: string,
  layerId: string,
  block: string,
): Problem {
  if (reason === 'missing') {
    return problem('block.missing', `${name} is the block "${block}", which this document does not hold.`, {
      hint: 'Remove it, or open the document that the block comes from and copy it again.',
      layerId,
      fix: { label: `Remove ${name}`, edits: [{ type: 'removeLayer', layerId }] },
    })
  }
  if (reason === 'cycle') {
    return problem('block.cycle', `${name} is the block ${block}, which contains itself.`, {
      hint: `Remove ${block} from the inside of the block.`,
      layerId,
      fix: { label: `Remove ${name}`, edits: [{ type: 'removeLayer', layerId }] },
    })
  }
  return problem(
    'block.tooLarge',
    `${name} would make the model larger than ${mostExpandedLayers.toLocaleString('en')} layers.`,
    { hint: 'Repeat it, or the blocks inside of it, less often.', layerId },
  )
}

export function repeatProblem(block: BlockDefinition, name: string, layerId: string): Problem {
  const count = (side: 'inputs' | 'outputs') => portLayers(block, side).length
  return problem(
    'block.repeat',
    `${name} cannot be repeated: ${block.name} has ${counted(count('inputs'), 'input')} and ${counted(count('outputs'), 'output')}, and a row needs one of each.`,
    {
      hint: 'Set its repeats to 1, or give the block one input and one output.',
      layerId,
      fix: { label: 'Repeat it once', edits: [{ type: 'setRepeat', layerId, repeat: 1 }] },
    },
  )
}

export function strayRepeatProblem(name: string, layerId: string): Problem {
  return problem('block.repeat', `${name} is to be repeated, but only blocks can be.`, {
    hint: `Make a block of ${name} first.`,
    layerId,
    fix: { label: 'Repeat it once', edits: [{ type: 'setRepeat', layerId, repeat: 1 }] },
  })
}

export function strayLayerProblem(name: string, layerId: string): Problem {
  return problem('block.layer', `${name} is an input or output of the model, but stands inside of a block.`, {
    hint: 'Blocks have ports of their own; move the layer out of the block.',
    layerId,
  })
}

interface Opened {
  readonly id: string
  readonly node: { readonly name: string }
  readonly origin: { readonly namePrefix: string }
  readonly block: BlockDefinition
  readonly repeats: number
}

/** Ports of blocks with too few or too many wires, and wires to ports that are not there. */
export function blockProblems(openings: readonly Opened[], wires: WireTracer): Problem[] {
  return [
    ...openings.flatMap((opening) => inputProblems(opening, wires)),
    ...openings.flatMap((opening) => outputProblems(opening, wires)),
    ...wires.lost.map(lostWire),
  ]
}

function inputProblems({ id, node, origin, block, repeats }: Opened, wires: WireTracer): Problem[] {
  const name = origin.namePrefix + node.name
  const alone = portLayers(block, 'inputs').length === 1
  return portLayers(block, 'inputs').flatMap((port) => {
    const count = wires.countInto(insidePrefix(id, repeats, 1) + port.id)
    if (count === 1) return []
    const details = { layerId: id, port: port.id }
    const where = alone ? `the input of ${name}` : `the input ${port.name} of ${name}`
    if (count === 0) {
      return problem('graph.unconnectedInput', `Nothing is wired to ${where}.`, {
        hint: `Draw a wire from the layer before it to ${name}.`,
        ...details,
      })
    }
    return problem('graph.doublyConnectedInput', `${count} wires lead to ${where}, which takes one.`, {
      hint: 'Keep one wire, or merge them with Add or Concatenate first.',
      ...details,
    })
  })
}

function outputProblems({ id, node, origin, block, repeats }: Opened, wires: WireTracer): Problem[] {
  const name = origin.namePrefix + node.name
  return portLayers(block, 'outputs').flatMap((port) => {
    const portId = insidePrefix(id, repeats, 1) + port.id
    const count = wires.countInto(portId)
    if (count === 1) return []
    const details = { layerId: portId, port: inputOfBlockOutput }
    if (count === 0) {
      return problem(
        'graph.unconnectedInput',
        `Nothing is wired to the output ${port.name} inside of ${name}.`,
        {
          hint: `Open ${name} and draw a wire from a layer to ${port.name}, or remove ${port.name}.`,
          ...details,
        },
      )
    }
    return problem(
      'graph.doublyConnectedInput',
      `The output ${port.name} inside of ${name} takes one wire, not ${count}.`,
      { hint: 'Keep one wire, or merge them with Add or Concatenate first.', ...details },
    )
  })
}

function lostWire({ connection, idPrefix, namePrefix, layerName, side }: LostWire): Problem {
  const what = side === 'inputs' ? 'input' : 'output'
  const port = side === 'inputs' ? connection.targetPort : connection.sourcePort
  const layerId = idPrefix + (side === 'inputs' ? connection.target : connection.source)
  return problem(
    'graph.danglingConnection',
    `The wire "${connection.id}" names an ${what} "${port}" that ${namePrefix + layerName} does not have.`,
    {
      hint: 'Remove the wire.',
      layerId,
      port,
      fix: {
        label: 'Remove the wire',
        edits: [{ type: 'disconnect', connectionId: idPrefix + connection.id }],
      },
    },
  )
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
