import {
  type CustomHotkeysConfig,
  type FeatureImplementation,
  hotkeysCoreFeature,
  syncDataLoaderFeature,
  type TreeInstance,
} from '@headless-tree/core'
import { useTree } from '@headless-tree/react'
import { useMemo } from 'react'
import { changeOutlineView, toggleOutlineLines, useOutlineView } from '../../state/outline-views.ts'
import { choose, goBy, openOrEnter, removeActive } from './outline-actions.ts'
import { lineInSight, type OutlineLine, type OutlineLines, openLines, rootKey } from './outline-lines.ts'
import { labelOf } from './outline-words.ts'

interface FocusWish {
  /** The active line is to have the focus, but is not drawn yet. */
  focusWanted?: boolean
}

/**
 * Takes the focus along with the active line: at once, or, where the line was out of sight, when it has been drawn (see
 * `takeFocusAlong`). Headless Tree's own way asks every 20 ms whether it is there.
 */
const focusFeature: FeatureImplementation<OutlineLine> = {
  key: 'outline-focus',
  treeInstance: {
    updateDomFocus: ({ tree }) => {
      tree.getDataRef<FocusWish>().current.focusWanted = true
      takeFocusAlong(tree)
    },
  },
}

/** Focuses the active line if that is wanted and it is drawn. */
export function takeFocusAlong(tree: TreeInstance<OutlineLine>): void {
  const wish = tree.getDataRef<FocusWish>().current
  if (!wish.focusWanted) return
  const item = tree.getFocusedItem()
  tree.getConfig().scrollToItem?.(item)
  const element = item.getElement()
  if (!element) return
  wish.focusWanted = false
  element.focus({ preventScroll: true })
}

const features = [syncDataLoaderFeature, hotkeysCoreFeature, focusFeature]

/**
 * The outline as a tree of Headless Tree. What is open and which line is active is kept for the place.
 * @param pageOf how many lines PageDown goes on
 * @param scrollTo brings the line of an index into sight
 */
export function useOutlineTree(
  { lines, below }: OutlineLines,
  place: string,
  pageOf: () => number,
  scrollTo: (index: number) => void,
): TreeInstance<OutlineLine> {
  const { toggled, active } = useOutlineView(place)
  // Another array than before has the tree built anew: at first, and whenever lines or folds have changed.
  const expandedItems = useMemo(() => openLines({ lines, below }, toggled), [lines, below, toggled])
  const open = useMemo(() => new Set(expandedItems), [expandedItems])
  return useTree<OutlineLine>({
    rootItemId: rootKey,
    features,
    initialState: { expandedItems: [] },
    state: { expandedItems, focusedItem: lineInSight({ lines, below }, open, active) },
    setExpandedItems: (given) => {
      const next = new Set(typeof given === 'function' ? given(expandedItems) : given)
      toggleOutlineLines(place, next.symmetricDifference(open))
    },
    setFocusedItem: (given) =>
      changeOutlineView(place, { active: typeof given === 'function' ? given(active) : given }),
    dataLoader: { getItem: (key) => lineOf(lines, key), getChildren: (key) => below.get(key) ?? [] },
    isItemFolder: (item) => below.has(item.getId()),
    getItemName: (item) => labelOf(item.getItemData()),
    onPrimaryAction: (item) => choose(item.getItemData()),
    scrollToItem: (item) => scrollTo(item.getItemMeta().index),
    hotkeys: hotkeys(pageOf),
    // A key that moved in the tree does nothing else in the window.
    onTreeHotkey: (_, event) => event.preventDefault(),
  })
}

function lineOf(lines: OutlineLines['lines'], key: string): OutlineLine {
  const line = lines.get(key)
  if (!line) throw new Error(`the outline has no line ${key}`)
  return line
}

/** Beside those that Headless Tree has for trees. */
function hotkeys(pageOf: () => number): CustomHotkeysConfig<OutlineLine> {
  return {
    // As the WAI-ARIA pattern has it: at a line with nothing below it the key does nothing.
    expandOrDown: { hotkey: 'ArrowRight', canRepeat: true, handler: (_, tree) => openOrEnter(tree) },
    customPageDown: { hotkey: 'PageDown', canRepeat: true, handler: (_, tree) => goBy(tree, pageOf()) },
    customPageUp: { hotkey: 'PageUp', canRepeat: true, handler: (_, tree) => goBy(tree, -pageOf()) },
    customChoose: { hotkey: 'Enter', handler: (_, tree) => tree.getFocusedItem().primaryAction() },
    customChooseToo: { hotkey: 'Space', handler: (_, tree) => tree.getFocusedItem().primaryAction() },
    customRemove: { hotkey: 'Delete', handler: (_, tree) => removeActive(tree) },
  }
}
