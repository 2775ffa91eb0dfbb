import { CornerDownRight, Plus } from 'lucide-react'
import { allLayerDefinitions, layerDefinition } from '../../src-core/layers/catalogue.ts'
import { categoryLook } from '../canvas/categories.ts'
import { searchLayers } from '../canvas/search-layers.ts'
import { useProject } from '../state/project-store.ts'
import type { Option } from '../ui/option-list.tsx'
import { commandGroups, commandList } from './command-list.ts'
import type { CommandName } from './command-names.ts'
import { shortcutText } from './shortcuts.ts'

/** What a line of the command palette stands for. */
export type PaletteChoice =
  | { readonly type: 'command'; readonly name: CommandName }
  | { readonly type: 'add'; readonly name: string }
  | { readonly type: 'go'; readonly name: string }

export interface PaletteOption extends Omit<Option, 'id'> {
  readonly choice: PaletteChoice
}

/**
 * The lines for what was typed: commands (those that cannot be used now say why), then layers that can be added, then
 * layers of the drawing to go to. Words may come in any order; names that begin with them come first.
 */
export function paletteChoices(query: string): readonly PaletteOption[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const matching = commandOptions()
    .filter(({ label, group }) => words.every((word) => `${label} ${group}`.toLowerCase().includes(word)))
    .toSorted((one, other) => rank(one.label, words) - rank(other.label, words))
  if (useProject.getState().document === null) return matching
  return [...matching, ...addOptions(query.replace(/^\s*add\s+/i, '')), ...goOptions(words)]
}

function rank(label: string, words: readonly string[]): number {
  const [first] = words
  return first === undefined || label.toLowerCase().startsWith(first) ? 0 : 1
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commandList, name)
}

function commandOptions(): PaletteOption[] {
  const names = Object.keys(commandList).filter(isCommand)
  return commandGroups.flatMap((group) =>
    names.flatMap((name): PaletteOption[] => {
      const command = commandList[name]
      if (command.group !== group || command.hidden) return []
      return [
        {
          choice: { type: 'command', name },
          label: titleOf(name, command.title),
          group,
          shortcut: shortcutText(name),
          unavailable: command.unavailable?.(),
        },
      ]
    }),
  )
}

/** Undo and redo say what they would do. */
function titleOf(name: CommandName, title: string): string {
  const { done, undone } = useProject.getState().history
  const entry = name === 'undo' ? done.at(-1) : name === 'redo' ? undone.at(-1) : undefined
  return entry ? `${title}: ${entry.label}` : title
}

function addOptions(query: string): PaletteOption[] {
  return searchLayers(allLayerDefinitions, query).map(({ kind, label, category, description }) => ({
    choice: { type: 'add', name: kind },
    label: `Add ${label}`,
    group: 'Add a layer',
    detail: category,
    icon: Plus,
    colour: categoryLook(category).colour,
    about: description,
  }))
}

function goOptions(words: readonly string[]): PaletteOption[] {
  const layers = useProject.getState().drawing?.layers ?? []
  return layers.flatMap(({ id, name, kind }): PaletteOption[] => {
    const label = `Go to ${name}`
    const detail = layerDefinition(kind)?.label ?? kind
    if (!words.every((word) => `${label} ${detail}`.toLowerCase().includes(word))) return []
    return [
      {
        choice: { type: 'go', name: id },
        label,
        group: 'Go to a layer',
        detail,
        icon: CornerDownRight,
      },
    ]
  })
}
