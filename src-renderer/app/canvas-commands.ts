import { mark } from '../../src-core/language/t.ts'
import type { Alignment, DistributionAxis } from '../canvas/arrange.ts'
import { leaveBlock, makeBlockOfSelection, openBlock, unpackSelectedBlock } from '../canvas/block-actions.ts'
import {
  alignSelection,
  askLayer,
  askReplacement,
  askTarget,
  deleteAndReconnect,
  distributeSelection,
  nudgeSelection,
  removeWire,
  renameSelected,
  toggleBypass,
  togglePin,
  walk,
} from '../canvas/layer-actions.ts'
import { addFrame, addNote } from '../canvas/notes/note-actions.ts'
import { tidy } from '../canvas/tidy.ts'
import type { WalkDirection } from '../canvas/walk.ts'
import type { Command } from './command-list.ts'
import {
  needsBlock,
  needsCopyable,
  needsEntered,
  needsLayers,
  needsNameable,
  needsOneLayer,
  needsProject,
  needsSelected,
  needsWire,
} from './command-states.ts'

/** Commands about layers and wires. */
export const canvasCommands = {
  add: { group: 'Layer', title: mark('Add a layer…'), run: askLayer, unavailable: needsProject },
  rename: { group: 'Layer', title: mark('Rename'), run: renameSelected, unavailable: needsNameable },
  replace: {
    group: 'Layer',
    title: mark('Replace by another layer…'),
    run: askReplacement,
    unavailable: needsOneLayer,
  },
  note: { group: 'Layer', title: mark('Add a note'), run: addNote, unavailable: needsProject },
  frame: {
    group: 'Layer',
    title: mark('Add a frame around the selection'),
    run: addFrame,
    unavailable: needsProject,
  },
  bypass: {
    group: 'Layer',
    title: mark('Bypass or enable'),
    run: toggleBypass,
    unavailable: needsSelected(1),
  },
  makeBlock: {
    group: 'Layer',
    title: mark('Make a block'),
    run: makeBlockOfSelection,
    unavailable: needsSelected(1),
  },
  openBlock: {
    group: 'Layer',
    title: mark('Open the block'),
    run: () => openBlock(),
    unavailable: needsBlock,
  },
  leaveBlock: {
    group: 'Layer',
    title: mark('Leave the block'),
    run: () => leaveBlock(),
    unavailable: needsEntered,
  },
  unpackBlock: {
    group: 'Layer',
    title: mark('Unpack the block'),
    run: unpackSelectedBlock,
    unavailable: needsBlock,
  },
  connect: { group: 'Layer', title: mark('Connect to…'), run: askTarget, unavailable: needsOneLayer },
  disconnect: { group: 'Layer', title: mark('Remove a wire'), run: removeWire, unavailable: needsWire },
  deleteAndReconnect: {
    group: 'Layer',
    title: mark('Delete and reconnect'),
    run: deleteAndReconnect,
    unavailable: needsSelected(1),
  },
} as const satisfies Readonly<Record<string, Command>>

function align(alignment: Alignment, title: string): Command {
  return { group: 'Arrange', title, run: () => alignSelection(alignment), unavailable: needsSelected(2) }
}

function distribute(axis: DistributionAxis, title: string): Command {
  const run = () => distributeSelection(axis)
  return { group: 'Arrange', title, run, unavailable: needsSelected(3) }
}

function move(direction: WalkDirection, large: boolean, title: string): Command {
  return {
    group: 'Arrange',
    title,
    run: () => nudgeSelection(direction, large),
    unavailable: needsCopyable,
    hidden: true,
  }
}

function go(direction: WalkDirection, title: string): Command {
  return { group: 'Go', title, run: () => walk(direction), unavailable: needsLayers, hidden: true }
}

/** Commands about where layers stand and how to get from one to the next. */
export const arrangeCommands = {
  tidy: {
    group: 'Arrange',
    title: mark('Tidy: arrange all layers'),
    run: () => void tidy(),
    unavailable: needsLayers,
  },
  tidyDown: {
    group: 'Arrange',
    title: mark('Tidy from top to bottom'),
    run: () => void tidy('down'),
    unavailable: needsLayers,
  },
  tidyRight: {
    group: 'Arrange',
    title: mark('Tidy from left to right'),
    run: () => void tidy('right'),
    unavailable: needsLayers,
  },
  pin: {
    group: 'Arrange',
    title: mark('Pin position, or unpin'),
    run: togglePin,
    unavailable: needsSelected(1),
  },
  alignLeft: align('left', mark('Align left edges')),
  alignCentre: align('centre', mark('Align centres')),
  alignRight: align('right', mark('Align right edges')),
  alignTop: align('top', mark('Align top edges')),
  alignMiddle: align('middle', mark('Align middles')),
  alignBottom: align('bottom', mark('Align bottom edges')),
  distributeHorizontally: distribute('horizontally', mark('Distribute horizontally')),
  distributeVertically: distribute('vertically', mark('Distribute vertically')),
  moveUp: move('up', false, mark('Move up')),
  moveDown: move('down', false, mark('Move down')),
  moveLeft: move('left', false, mark('Move left')),
  moveRight: move('right', false, mark('Move right')),
  moveFarUp: move('up', true, mark('Move up by a large step')),
  moveFarDown: move('down', true, mark('Move down by a large step')),
  moveFarLeft: move('left', true, mark('Move left by a large step')),
  moveFarRight: move('right', true, mark('Move right by a large step')),
  walkUp: go('up', mark('Go to the layer before, along the wire')),
  walkDown: go('down', mark('Go to the layer after, along the wire')),
  walkLeft: go('left', mark('Go to the layer on the left')),
  walkRight: go('right', mark('Go to the layer on the right')),
} as const satisfies Readonly<Record<string, Command>>
