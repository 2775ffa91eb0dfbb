import { Dialog as Radix } from 'radix-ui'
import { useCallback, useRef } from 'react'
import { t } from '../../src-core/language/t.ts'
import { addFromPalette } from '../canvas/add-actions.ts'
import { focusSelection } from '../canvas/pickers/picker-popover.tsx'
import { canvas } from '../state/canvas-handle.ts'
import { closePicker, usePicker } from '../state/picker-store.ts'
import { useOpenDialog } from '../ui/open-dialogs.ts'
import { OptionList } from '../ui/option-list.tsx'
import { useReturnFocus } from '../ui/return-focus.ts'
import './command-palette.css'
import { runCommand } from './commands.ts'
import { type PaletteChoice, paletteChoices } from './palette-choices.ts'

/** Every command by its name, and every layer: to be added, or to be gone to. */
export function CommandPalette() {
  const open = usePicker((state) => state.picker?.type === 'commands')
  const focus = useReturnFocus(open)
  useOpenDialog(open, closePicker)
  const hasChosen = useRef(false)
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && closePicker()}>
      <Radix.Portal>
        <Radix.Overlay className="dialog__backdrop command-palette__backdrop" />
        <Radix.Content
          className="command-palette"
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            // A command may have opened a list or gone to a field; what has the focus keeps it.
            const chose = hasChosen.current
            hasChosen.current = false
            const isFree = document.activeElement === document.body
            // Or passes it on to a window that the command has opened.
            focus.giveBack(event)
            if (!isFree || !chose) return
            // A command is mostly about the selection, which a field would keep the focus from.
            const { activeElement } = document
            if (activeElement instanceof HTMLElement && activeElement.matches('input, textarea'))
              activeElement.blur()
            focusSelection()
          }}
        >
          <Radix.Title className="visually-hidden">{t('Commands')}</Radix.Title>
          <CommandList
            onChosen={() => {
              hasChosen.current = true
            }}
          />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function CommandList({ onChosen }: { readonly onChosen: () => void }) {
  const search = useCallback(
    (query: string) =>
      paletteChoices(query).map(({ choice, ...option }) => ({ ...option, id: keyOf(choice) })),
    [],
  )
  return (
    <OptionList
      label={t('Commands')}
      placeholder={t('What do you want to do?')}
      search={search}
      onChoose={(id) => {
        onChosen()
        closePicker()
        // Once the palette has given the focus back, so that a command can put it where it belongs.
        requestAnimationFrame(() => perform(id))
      }}
      empty={(query) => t('Nothing is called “{{query}}”.', { query })}
    />
  )
}

function keyOf({ type, name }: PaletteChoice): string {
  return `${type}:${name}`
}

function perform(id: string): void {
  const choice = paletteChoices('').find((candidate) => keyOf(candidate.choice) === id)?.choice
  if (choice?.type === 'command') runCommand(choice.name)
  if (choice?.type === 'add') addFromPalette(choice.name)
  if (choice?.type === 'go') canvas()?.focusLayer(choice.name)
}
