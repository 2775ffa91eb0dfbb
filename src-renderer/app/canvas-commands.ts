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
  add: { group: 'Layer', title: 'Add a layer…', run: askLayer, unavailable: needsProject },
  rename: { group: 'Layer', title: 'Rename', run: renameSelected, unavailable: needsNameable },
  replace: {
    group: 'Layer',
    title: 'Replace by another layer…',
    run: askReplacement,
    unavailable: needsOneLayer,
  },
  note: { group: 'Layer', title: 'Add a note', run: addNote, unavailable: needsProject },
  frame: {
    group: 'Layer',
    title: 'Add a frame around the selection',
    run: addFrame,
    unavailable: needsProject,
  },
  bypass: { group: 'Layer', title: 'Bypass or enable', run: toggleBypass, unavailable: needsSelected(1) },
  makeBlock: {
    group: 'Layer',
    title: 'Make a block',
    run: makeBlockOfSelection,
    unavailable: needsSelected(1),
  },
  openBlock: { group: 'Layer', title: 'Open the block', run: () => openBlock(), unavailable: needsBlock },
  leaveBlock: {
    group: 'Layer',
    title: 'Leave the block',
    run: () => leaveBlock(),
    unavailable: needsEntered,
  },
  unpackBlock: {
    group: 'Layer',
    title: 'Unpack the block',
    run: unpackSelectedBlock,
    unavailable: needsBlock,
  },
  connect: { group: 'Layer', title: 'Connect to…', run: askTarget, unavailable: needsOneLayer },
  disconnect: { group: 'Layer', title: 'Remove a wire', run: removeWire, unavailable: needsWire },
  deleteAndReconnect: {
    group: 'Layer',
    title: 'Delete and reconnect',
    run: deleteAndReconnect,
    unavailable: needsSelected(1),
  },
} as const satisfies Readonly<Record<string, Command>>

function align(alignment: Alignment, title: string): Command {
  return { group: 'Arrange', title, run: () => alignSelection(alignment), unavailable: needsSelected(2) }
}

function distribute(axis: DistributionAxis): Command {
  const run = () => distributeSelection(axis)
  return { group: 'Arrange', title: `Distribute ${axis}`, run, unavailable: needsSelected(3) }
}

function move(direction: WalkDirection, large: boolean): Command {
  return {
    group: 'Arrange',
    title: `Move ${direction}${large ? ' by a large step' : ''}`,
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
    title: 'Tidy: arrange all layers',
    run: () => void tidy(),
    unavailable: needsLayers,
  },
  tidyDown: {
    group: 'Arrange',
    title: 'Tidy from top to bottom',
    run: () => void tidy('down'),
    unavailable: needsLayers,
  },
  tidyRight: {
    group: 'Arrange',
    title: 'Tidy from left to right',
    run: () => void tidy('right'),
    unavailable: needsLayers,
  },
  pin: { group: 'Arrange', title: 'Pin position, or unpin', run: togglePin, unavailable: needsSelected(1) },
  alignLeft: align('left', 'Align left edges'),
  alignCentre: align('centre', 'Align centres'),
  alignRight: align('right', 'Align right edges'),
  alignTop: align('top', 'Align top edges'),
  alignMiddle: align('middle', 'Align middles'),
  alignBottom: align('bottom', 'Align bottom edges'),
  distributeHorizontally: distribute('horizontally'),
  distributeVertically: distribute('vertically'),
  moveUp: move('up', false),
  moveDown: move('down', false),
  moveLeft: move('left', false),
  moveRight: move('right', false),
  moveFarUp: move('up', true),
  moveFarDown: move('down', true),
  moveFarLeft: move('left', true),
  moveFarRight: move('right', true),
  walkUp: go('up', 'Go to the layer before, along the wire'),
  walkDown: go('down', 'Go to the layer after, along the wire'),
  walkLeft: go('left', 'Go to the layer on the left'),
  walkRight: go('right', 'Go to the layer on the right'),
} as const satisfies Readonly<Record<string, Command>>
