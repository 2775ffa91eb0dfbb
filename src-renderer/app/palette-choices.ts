import { CornerDownRight, Plus } from 'lucide-react'
import { t } from '../../src-core/language/t.ts'
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
 * layers of the drawing to go to. Words may come in any order, in English or the language of the window; names that begin
 * with them come first.
 */
export function paletteChoices(query: string): readonly PaletteOption[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const matching = commandOptions(words).toSorted(
    (one, other) => rank(one.label, words) - rank(other.label, words),
  )
  if (useProject.getState().document === null) return matching
  return [...matching, ...addOptions(query.replace(/^\s*(add\s|添加)\s*/i, '')), ...goOptions(words)]
}

function rank(label: string, words: readonly string[]): number {
  const [first] = words
  return first === undefined || label.toLowerCase().startsWith(first) ? 0 : 1
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commandList, name)
}

/** Whether what people may call something has all words of what was typed. */
function has(texts: readonly string[], words: readonly string[]): boolean {
  const text = texts.join(' ').toLowerCase()
  return words.every((word) => text.includes(word))
}

function commandOptions(words: readonly string[]): PaletteOption[] {
  const names = Object.keys(commandList).filter(isCommand)
  return commandGroups.flatMap((group) =>
    names.flatMap((name): PaletteOption[] => {
      const command = commandList[name]
      if (command.group !== group || command.hidden) return []
      const label = titleOf(name, command.title)
      if (!has([label, t(group), command.title, group, command.words ?? ''], words)) return []
      return [
        {
          choice: { type: 'command', name },
          label,
          group: t(group),
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
  const [undo, redo] = [done.at(-1)?.label, undone.at(-1)?.label]
  if (name === 'undo' && undo !== undefined) return t('Undo: {{what}}', { what: undo })
  if (name === 'redo' && redo !== undefined) return t('Redo: {{what}}', { what: redo })
  return t(title)
}

function addOptions(query: string): PaletteOption[] {
  return searchLayers(allLayerDefinitions, query).map(({ kind, label, category, description }) => ({
    choice: { type: 'add', name: kind },
    label: t('Add {{name}}', { name: label }),
    group: t('Add a layer'),
    detail: t(category),
    icon: Plus,
    colour: categoryLook(category).colour,
    about: t(description),
  }))
}

function goOptions(words: readonly string[]): PaletteOption[] {
  const layers = useProject.getState().drawing?.layers ?? []
  return layers.flatMap(({ id, name, kind }): PaletteOption[] => {
    const label = t('Go to {{name}}', { name })
    const detail = layerDefinition(kind)?.label ?? kind
    if (!has([label, 'Go to', detail], words)) return []
    return [
      {
        choice: { type: 'go', name: id },
        label,
        group: t('Go to a layer'),
        detail,
        icon: CornerDownRight,
      },
    ]
  })
}
