import type { MenuItemConstructorOptions } from 'electron'
import { afterEach, describe, expect, it } from 'vitest'
import { type MenuCommand, menuCommands } from '../../../src-core/ipc/contract.ts'
import { speak } from '../../../src-core/language/t.ts'
import { menuTemplate } from '../../../src-main/window/menu.ts'

function items(platform: NodeJS.Platform, send: (command: MenuCommand) => void = () => undefined) {
  const template = menuTemplate({ platform, productName: 'LayerLoom', developer: false, send })
  return template.flatMap((menu) => (Array.isArray(menu.submenu) ? menu.submenu : []))
}
const ids = (list: readonly MenuItemConstructorOptions[]) => list.flatMap((item) => item.id ?? [])

describe.each(['linux', 'win32', 'darwin'] as const)('the menu on %s', (platform) => {
  it('has every command a window understands, except the one main sends by itself', () => {
    const expected = menuCommands.filter((command) => command !== 'autosave')
    expect(ids(items(platform)).sort()).toEqual([...expected].sort())
  })

  it('uses no shortcut twice', () => {
    const shortcuts = items(platform).flatMap((item) => item.accelerator ?? [])
    expect(new Set(shortcuts).size).toBe(shortcuts.length)
  })

  it('leaves to the page the keys that mean something inside a text field', () => {
    const left = items(platform).filter((item) => item.registerAccelerator === false)
    expect(ids(left)).toEqual(['undo', 'redo', 'delete', 'selectAll'])
  })

  it('offers no developer tools to people', () => {
    expect(items(platform).map((item) => item.role)).not.toContain('toggleDevTools')
  })
})

it('says what undo and redo would do', () => {
  const template = menuTemplate({
    platform: 'linux',
    productName: 'LayerLoom',
    developer: false,
    undo: 'Rename a&b',
    redo: null,
    send: () => undefined,
  })
  const labels = template.flatMap(({ submenu }) =>
    Array.isArray(submenu) ? submenu.map(({ label }) => label) : [],
  )
  expect(labels).toContain('Undo: Rename a&&b')
  expect(labels).toContain('Redo')
})

it('offers nothing that is about what a dialog covers', () => {
  const options = {
    platform: 'linux',
    productName: 'LayerLoom',
    developer: false,
    send: () => undefined,
  } as const
  const offered = (dialog: boolean) =>
    menuTemplate({ ...options, dialog })
      .flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
      .flatMap(({ id, enabled }) => (id !== undefined && enabled !== false ? [id] : []))
  expect(offered(true).sort()).toEqual([
    'closeTab',
    'languageChinese',
    'languageEnglish',
    'languageSystem',
    'larger',
    'smaller',
    'stop',
    'theme',
    'usualSize',
  ])
  expect(offered(false)).toHaveLength(menuCommands.length - 1)
})

it('sends the command of the item that is chosen', () => {
  const sent: MenuCommand[] = []
  const train = items('linux', (command) => sent.push(command)).find((item) => item.id === 'train')
  // The item ignores Electron's arguments, which cannot be made outside Electron.
  Reflect.apply(train?.click ?? expect.unreachable(), undefined, [])
  expect(sent).toEqual(['train'])
})

describe.each(['linux', 'win32', 'darwin'] as const)('the Chinese menu on %s', (platform) => {
  afterEach(() => speak('en'))

  const chinese = () => {
    speak('zh-CN')
    return menuTemplate({ platform, productName: 'LayerLoom', developer: true, send: () => undefined })
  }
  const all = (menu: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
    menu.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? all(item.submenu) : [])])

  it('says everything in Chinese, what the system does included', () => {
    const labels = all(chinese()).flatMap(({ type, label }) =>
      type === 'separator' ? [] : (label ?? 'none'),
    )
    expect(labels.length).toBeGreaterThan(20)
    const foreign = labels.filter((label) => !/\p{Script=Han}/u.test(label))
    expect(foreign).toEqual(platform === 'darwin' ? ['LayerLoom'] : [])
  })

  it('has access keys in brackets where the platform has any', () => {
    const tops = chinese().flatMap(({ label }) => (label === 'LayerLoom' ? [] : (label ?? '')))
    expect(tops).toEqual(
      platform === 'darwin'
        ? ['文件', '编辑', '视图', '运行', '窗口']
        : ['文件(&F)', '编辑(&E)', '视图(&V)', '运行(&R)'],
    )
  })

  it('marks the language that was chosen', () => {
    speak('zh-CN')
    const options = { platform, productName: 'LayerLoom', developer: false, send: () => undefined }
    const checked = (languageChoice: 'system' | 'zh-CN') =>
      all(menuTemplate({ ...options, languageChoice })).flatMap(({ type, checked, id }) =>
        type === 'radio' && checked ? [id] : [],
      )
    expect(checked('system')).toEqual(['languageSystem'])
    expect(checked('zh-CN')).toEqual(['languageChinese'])
  })
})
