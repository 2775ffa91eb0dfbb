import { beforeEach, describe, expect, it } from 'vitest'
import { commandFor, shortcutText } from '../../../../src-renderer/app/shortcuts.ts'

const places = `
  <div id="canvas" tabindex="0"></div>
  <input id="text" />
  <input id="number" role="spinbutton" />
  <div role="tabpanel"><button id="panel"></button></div>
  <button id="button"></button>
  <div role="menu"><div id="item" tabindex="0"></div></div>`

beforeEach(() => {
  document.body.innerHTML = places
})

function press(key: string, at = 'canvas', modifiers: KeyboardEventInit = {}): string | undefined {
  let command: string | undefined
  const listen = (event: KeyboardEvent) => {
    command = commandFor(event)
  }
  window.addEventListener('keydown', listen, { once: true })
  document
    .getElementById(at)
    ?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...modifiers }))
  return command
}

const ctrl = { ctrlKey: true }

describe('keys', () => {
  it.each([
    ['z', ctrl, 'undo'],
    ['Z', { ctrlKey: true, shiftKey: true }, 'redo'],
    ['y', ctrl, 'redo'],
    ['s', ctrl, 'save'],
    ['a', ctrl, 'selectAll'],
    ['d', ctrl, 'duplicate'],
    ['Delete', {}, 'delete'],
    ['Backspace', {}, 'delete'],
    ['Enter', ctrl, 'train'],
    ['k', ctrl, 'commands'],
    ['Tab', ctrl, 'nextTab'],
    ['Tab', { ctrlKey: true, shiftKey: true }, 'previousTab'],
    ['PageDown', ctrl, 'nextTab'],
    ['PageUp', ctrl, 'previousTab'],
    ['PageUp', { ctrlKey: true, shiftKey: true }, 'moveTabLeft'],
    ['w', ctrl, 'closeTab'],
    ['T', { ctrlKey: true, shiftKey: true }, 'reopenTab'],
    ['3', ctrl, 'goToTab3'],
    ['9', ctrl, 'lastTab'],
    ['Tab', {}, undefined],
    ['Tab', { shiftKey: true }, undefined],
    ['PageDown', {}, undefined],
    ['w', { ctrlKey: true, shiftKey: true }, undefined],
    ['/', {}, 'add'],
    ['c', {}, 'connect'],
    ['ArrowUp', {}, 'moveUp'],
    ['ArrowUp', { shiftKey: true }, 'moveFarUp'],
    ['ArrowUp', { altKey: true }, 'walkUp'],
    ['Delete', { shiftKey: true }, 'deleteAndReconnect'],
  ])('%s with %o on the canvas means %s', (key, modifiers, command) =>
    expect(press(key, 'canvas', modifiers)).toBe(command),
  )

  it('mean nothing without their modifier, or with Alt', () => {
    expect(press('z')).toBeUndefined()
    expect(press('z', 'canvas', { ctrlKey: true, altKey: true })).toBeUndefined()
  })

  it('belong to the text while text is typed, but saving works everywhere', () => {
    expect(press('z', 'text', ctrl)).toBeUndefined()
    expect(press('Delete', 'text')).toBeUndefined()
    expect(press('a', 'text', ctrl)).toBeUndefined()
    expect(press('s', 'text', ctrl)).toBe('save')
    expect(press('Tab', 'text', ctrl)).toBe('nextTab')
    expect(press('w', 'text', ctrl)).toBe('closeTab')
  })

  it('undo the document from a number field, whose every keystroke counts at once, and delete digits there', () => {
    expect(press('z', 'number', ctrl)).toBe('undo')
    expect(press('Backspace', 'number')).toBeUndefined()
  })

  it('do not touch the drawing while the focus is in a panel, except to undo', () => {
    expect(press('Delete', 'panel')).toBeUndefined()
    expect(press('a', 'panel', ctrl)).toBeUndefined()
    expect(press('z', 'panel', ctrl)).toBe('undo')
  })

  it('leave letters and arrows to a button that has the focus, and copying to the system', () => {
    expect(press('c', 'button')).toBeUndefined()
    expect(press('ArrowUp', 'button')).toBeUndefined()
    expect(press('Delete', 'button')).toBe('delete')
    expect(press('c', 'canvas', ctrl)).toBeUndefined()
    expect(press('x', 'text')).toBeUndefined()
  })

  it('are left to an open menu', () => {
    expect(press('Delete', 'item')).toBeUndefined()
  })
})

it('writes shortcuts as the platform does', () => {
  expect(shortcutText('saveAs')).toBe('Ctrl+Shift+S')
  expect(shortcutText('delete')).toBe('Delete')
  expect(shortcutText('autosave')).toBeUndefined()
})
