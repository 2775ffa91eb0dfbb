import { mark } from '../../src-core/language/t.ts'
import { selectedLayer } from '../canvas/layer-actions.ts'
import { cancelTidy } from '../canvas/tidy.ts'
import {
  endFocus,
  endSearch,
  focusPath,
  type PathDirection,
  startSearch,
  stepSearch,
} from '../state/reading-store.ts'
import { useUi } from '../state/ui-store.ts'
import type { Command } from './command-list.ts'
import {
  needsArranging,
  needsFocus,
  needsLayers,
  needsOneLayer,
  needsProject,
  needsSearch,
} from './command-states.ts'

function focus(direction: PathDirection): void {
  const layer = selectedLayer()
  if (layer) focusPath(layer.id, direction)
}

/** A search that is open gets the cursor back, with what is in it to be typed over. */
function find(): void {
  startSearch()
  const field = document.querySelector<HTMLInputElement>('[data-canvas-search]')
  field?.focus()
  field?.select()
}

/** What was searched for last is there to be typed over. */
function focusPalette(): void {
  useUi.getState().setSideTab('palette')
  // In the next frame, when the palette is there.
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLInputElement>('[data-palette-search]')
    field?.focus()
    field?.select()
  })
}

function focusOutline(): void {
  useUi.getState().setSideTab('outline')
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]')?.focus())
}

/** Commands for reading a drawing. */
export const readingCommands = {
  find: { group: 'Go', title: mark('Search the drawing…'), run: find, unavailable: needsProject },
  findNext: { group: 'Go', title: mark('Next find'), run: () => stepSearch(1), unavailable: needsSearch },
  findPrevious: {
    group: 'Go',
    title: mark('Previous find'),
    run: () => stepSearch(-1),
    unavailable: needsSearch,
  },
  endSearch: {
    group: 'Go',
    title: mark('End the search'),
    run: endSearch,
    unavailable: needsSearch,
    hidden: true,
  },
  focusBefore: {
    group: 'View',
    title: mark('Focus what leads here'),
    run: () => focus('before'),
    unavailable: needsOneLayer,
  },
  focusAfter: {
    group: 'View',
    title: mark('Focus what follows'),
    run: () => focus('after'),
    unavailable: needsOneLayer,
  },
  endFocus: { group: 'View', title: mark('End focus'), run: endFocus, unavailable: needsFocus },
  cancelTidy: {
    group: 'Arrange',
    title: mark('Stop arranging'),
    run: cancelTidy,
    unavailable: needsArranging,
    hidden: true,
  },
  legend: {
    group: 'View',
    title: mark('Show or hide the legend'),
    run: () => useUi.getState().setLegend(!useUi.getState().legend),
    unavailable: needsLayers,
  },
  search: { group: 'View', title: mark('Search the palette'), run: focusPalette, unavailable: needsProject },
  outline: { group: 'View', title: mark('Show the outline'), run: focusOutline, unavailable: needsProject },
} as const satisfies Readonly<Record<string, Command>>
