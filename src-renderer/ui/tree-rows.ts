/** What a tree is made of. */
export interface TreeItem<Item> {
  readonly key: string
  readonly children: readonly Item[]
}

/** A line of a tree that can be seen, as screen readers are told of it. */
export interface TreeRow<Item> {
  readonly item: Item
  /** 1 for the outermost lines. */
  readonly level: number
  /** From 1, among those below the same line. */
  readonly position: number
  readonly siblings: number
  /** Undefined for a line with nothing below it. */
  readonly expanded: boolean | undefined
}

/** The lines that can be seen: those below lines that are open. */
export function treeRows<Item extends TreeItem<Item>>(
  items: readonly Item[],
  isOpen: (item: Item) => boolean,
  level = 1,
): TreeRow<Item>[] {
  return items.flatMap((item, index) => {
    const expanded = item.children.length === 0 ? undefined : isOpen(item)
    const row = { item, level, position: index + 1, siblings: items.length, expanded }
    return expanded ? [row, ...treeRows(item.children, isOpen, level + 1)] : [row]
  })
}

/** What a key does in a tree: goes to a line, or opens or closes the active one. */
export type TreeMove = { readonly type: 'go'; readonly index: number } | { readonly type: 'open' | 'close' }

/** What a key means at a line (the WAI-ARIA tree pattern); undefined where it means nothing. */
export function treeMove<Item extends TreeItem<Item>>(
  rows: readonly TreeRow<Item>[],
  index: number,
  key: string,
): TreeMove | undefined {
  const row = rows[index]
  if (!row) return undefined
  const go = (to: number): TreeMove => ({ type: 'go', index: Math.max(0, Math.min(rows.length - 1, to)) })
  switch (key) {
    case 'ArrowDown':
      return go(index + 1)
    case 'ArrowUp':
      return go(index - 1)
    case 'Home':
      return go(0)
    case 'End':
      return go(rows.length - 1)
    case 'PageDown':
      return go(index + 10)
    case 'PageUp':
      return go(index - 10)
    case 'ArrowRight':
      if (row.expanded === undefined) return undefined
      return row.expanded ? go(index + 1) : { type: 'open' }
    case 'ArrowLeft':
      return row.expanded ? { type: 'close' } : parentMove(rows, index)
    default:
      return undefined
  }
}

function parentMove<Item extends TreeItem<Item>>(
  rows: readonly TreeRow<Item>[],
  index: number,
): TreeMove | undefined {
  const level = rows[index]?.level ?? 1
  const parent = rows.slice(0, index).findLastIndex((row) => row.level < level)
  return parent === -1 ? undefined : { type: 'go', index: parent }
}

/** The next line, going round, whose label begins with what was typed; undefined for none. */
export function typedRow<Item extends TreeItem<Item> & { readonly label: string }>(
  rows: readonly TreeRow<Item>[],
  index: number,
  typed: string,
): number | undefined {
  const wanted = typed.toLowerCase()
  // While a word goes on the active line may match still; a first letter leads on.
  const start = typed.length > 1 ? index : index + 1
  for (let step = 0; step < rows.length; step++) {
    const at = (start + step) % rows.length
    if (rows[at]?.item.label.toLowerCase().startsWith(wanted)) return at
  }
  return undefined
}
