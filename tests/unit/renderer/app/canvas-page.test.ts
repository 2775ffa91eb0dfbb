import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { commandGroups, commandList } from '../../../../src-renderer/app/command-list.ts'
import { shortcuts, written } from '../../../../src-renderer/app/shortcuts.ts'

const page = readFileSync('docs/canvas.md', 'utf8')

function shortcutTable(): string {
  const rows = commandGroups.flatMap((group) =>
    Object.entries(commandList).flatMap(([name, command]) => {
      const keys = shortcuts.filter((shortcut) => shortcut.command === name).map(written)
      if (command.group !== group || keys.length === 0) return []
      return [`| ${group} | ${command.title} | ${keys.map((text) => `\`${text}\``).join(', ')} |`]
    }),
  )
  return ['| group | what | keys |', '|---|---|---|', ...rows].join('\n')
}

it('docs/canvas.md has every shortcut, as the app knows them', () => {
  expect(page).toContain(`\n${shortcutTable()}\n`)
})

it('docs/canvas.md names every command of the palette that has no key', () => {
  for (const [name, { title, hidden }] of Object.entries(commandList)) {
    if (hidden || shortcuts.some(({ command }) => command === name)) continue
    expect(page.replaceAll(/\s+/g, ' ')).toContain(title.replace(/…$/, ''))
  }
})

it('no two commands have the same key in the same place', () => {
  // Escape ends one thing after the other, see commandsFor.
  const keys = shortcuts.filter(({ key }) => key !== 'escape').map(written)
  expect(keys.filter((text, index) => keys.indexOf(text) !== index)).toEqual([])
})
