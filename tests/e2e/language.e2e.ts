import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CanvasPage } from './support/canvas.ts'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'
import { foreignTexts, menuLabels } from './support/texts.ts'
import { setWindowSize } from './support/window.ts'

let userData: string
let launched: LaunchedApp
let canvas: CanvasPage

async function start(workspace?: string): Promise<void> {
  launched = await launchApp({ userData, ...(workspace !== undefined && { workspace }) })
  canvas = new CanvasPage(launched.window)
  await resize(1440, 900)
}

/** What is drawn with the mouse has to stand still. */
async function resize(width: number, height: number): Promise<void> {
  await setWindowSize(launched.app, width, height)
  await launched.window.waitForFunction((wanted) => window.innerWidth === wanted, width)
}

/** Does what the command palette finds first. */
async function command(words: string): Promise<void> {
  const { window } = launched
  await window.keyboard.press('Control+k')
  await window.getByRole('combobox').fill(words)
  await window.getByRole('option', { selected: true }).waitFor()
  await window.keyboard.press('Enter')
  await window.getByRole('dialog').waitFor({ state: 'detached' })
}

/** The window is drawn anew, which may take a while on a busy machine. */
function poll<T>(ask: () => T | Promise<T>) {
  return expect.poll(ask, { timeout: 15_000 })
}

const spoken = () => launched.window.locator('html').getAttribute('lang')

beforeAll(async () => {
  userData = await mkdtemp(path.join(tmpdir(), 'layerloom-language-'))
  await start()
})
afterAll(async () => {
  await launched?.close()
  await rm(userData, { recursive: true, force: true })
})

describe('the language of the window', () => {
  it('1. is changed by the command palette; drawing, history and selection stay', async () => {
    const { window } = launched
    await window.getByRole('button', { name: 'New empty model' }).click()
    await canvas.dropLayer('Input', { x: 260, y: 80 })
    await canvas.layer('input_1').waitFor()
    await canvas.dropLayer('Dense', { x: 260, y: 260 })
    await canvas.layer('dense_1').waitFor()
    await canvas.drawWire('input_1', 'dense_1')
    await canvas.layer('dense_1').click({ position: { x: 40, y: 20 } })
    await poll(() => menuLabels(launched.app)).toContain('Undo: Connect input_1 to dense_1')
    await command('简体中文')
    await poll(spoken).toBe('zh-CN')
    await window.getByRole('main', { name: '画布' }).waitFor()
    expect(await canvas.ids('node')).toEqual(['dense_1', 'input_1'])
    expect(await canvas.ids('edge')).toEqual(['input_1-dense_1'])
    await poll(() => canvas.layer('dense_1').getAttribute('class')).toMatch(/\bselected\b/)
    expect(await canvas.layer('dense_1').getAttribute('aria-label')).toMatch(/^dense_1，Dense，/)
    await window.getByRole('button', { name: '撤销' }).click()
    await poll(() => canvas.ids('edge')).toEqual([])
    await window.getByRole('button', { name: '重做' }).click()
    await poll(() => canvas.ids('edge')).toEqual(['input_1-dense_1'])
  })

  it('2. is everywhere in the workbench, in the palette, in the inspector and in the native menu', async () => {
    const { window } = launched
    await canvas.layer('dense_1').click({ position: { x: 40, y: 20 } })
    expect(await foreignTexts(window)).toEqual([])
    for (const tab of ['数据', '训练', '运行记录']) {
      await window.getByRole('tab', { name: tab, exact: true }).click()
      expect(await foreignTexts(window)).toEqual([])
    }
    await window.getByRole('searchbox', { name: '搜索层' }).fill('卷积')
    await canvas.paletteItem('Conv2D').waitFor()
    await window.getByRole('searchbox', { name: '搜索层' }).fill('')
    await poll(() => menuLabels(launched.app)).toContain('文件(&F)')
    const labels = await menuLabels(launched.app)
    expect(labels.filter((label) => !/\p{Script=Han}/u.test(label))).toEqual([])
    await window.keyboard.press('Control+k')
    await window
      .getByRole('option', { name: /^对齐|左对齐/ })
      .first()
      .waitFor()
    await window.keyboard.press('Escape')
  })

  it('3. is kept when the app starts again, also before a project is opened', async () => {
    await launched.window.getByRole('button', { name: '起始页' }).click()
    await launched.window.getByRole('main', { name: '画布' }).waitFor({ state: 'detached' })
    expect(await foreignTexts(launched.window)).toEqual([])
    await launched.close()
    await start()
    await launched.window.getByRole('tab', { name: /Untitled model/ }).click()
    await canvas.layer('dense_1').waitFor()
    await poll(spoken).toBe('zh-CN')
    await poll(() => menuLabels(launched.app)).toContain('文件(&F)')
    await launched.close()
    // Where no project is open.
    await start(path.join(userData, 'another.loom.db'))
    await poll(spoken).toBe('zh-CN')
    await poll(() => menuLabels(launched.app)).toContain('文件(&F)')
    await poll(() => checkedLanguage()).toBe('语言：简体中文')
  })

  it('4. is changed back by the command palette, and by the native menu', async () => {
    await command('english')
    await poll(spoken).toBe('en')
    await poll(() => menuLabels(launched.app)).toContain('&File')
    await launched.app.evaluate(({ Menu }) =>
      Menu.getApplicationMenu()?.getMenuItemById('languageChinese')?.click(),
    )
    await poll(spoken).toBe('zh-CN')
    await command('跟随系统')
    await poll(spoken).toBe('en')
    await poll(() => checkedLanguage()).toBe('Language: as the system')
    await launched.window.getByRole('button', { name: 'New empty model' }).waitFor()
    expect(launched.consoleErrors).toEqual([])
  })
})

/** The label of the language that the native menu marks. */
function checkedLanguage(): Promise<string | undefined> {
  return launched.app.evaluate(({ Menu }) => {
    const ids = ['languageSystem', 'languageEnglish', 'languageChinese']
    return ids.map((id) => Menu.getApplicationMenu()?.getMenuItemById(id)).find((item) => item?.checked)
      ?.label
  })
}

describe('in Chinese', () => {
  it.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 1024],
  ] as const)('nothing is cut off in the %s theme at a width of %d', async (colorScheme, width) => {
    const { window } = launched
    await resize(width, 860)
    await window.emulateMedia({ colorScheme })
    await command('简体中文')
    await poll(spoken).toBe('zh-CN')
    await launched.screenshot(`language-start-${colorScheme}-${width}`)
    await window
      .getByRole('button', { name: /^LeNet-5/ })
      .first()
      .click()
    await canvas.layer('conv_1').click()
    await launched.screenshot(`language-workbench-${colorScheme}-${width}`)
    expect(await cutOff()).toEqual([])
    await window.keyboard.press('Control+k')
    await window.getByRole('dialog').waitFor()
    await launched.screenshot(`language-commands-${colorScheme}-${width}`)
    await window.keyboard.press('Escape')
    await window.getByRole('button', { name: '主题' }).click()
    await launched.screenshot(`language-theme-menu-${colorScheme}-${width}`)
    await window.keyboard.press('Escape')
    await canvas.layer('conv_1').click({ button: 'right' })
    await launched.screenshot(`language-canvas-menu-${colorScheme}-${width}`)
    await window.keyboard.press('Escape')
    await window.getByRole('button', { name: '起始页' }).click()
    await window.getByRole('main', { name: '画布' }).waitFor({ state: 'detached' })
  })
})

/** Buttons and tabs whose words are wider than they are. */
function cutOff(): Promise<string[]> {
  return launched.window.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.button, [role="tab"], .totals__item, .canvas-toolbar')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map((element) => element.textContent ?? ''),
  )
}
