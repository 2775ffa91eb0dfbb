// `npm run pictures`: opens the application on states worth showing and takes a picture of each in light and dark, at 100 % and
// 150 %, for docs/screenshots and the page docs/pictures.md.
//   npm run pictures -- --only start,compare
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { setup } from '../tests/e2e/support/global-setup.mjs'
import { launchApp } from '../tests/e2e/support/launch-app.ts'
import { setWindowSize } from '../tests/e2e/support/window.ts'
import { say } from './lib/commands.mjs'
import { inRoot } from './lib/paths.mjs'
import { fileOf, looks, scenes } from './lib/scenes.mjs'

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } })
const only = values.only.split(',').filter(Boolean)

/** @param {import('../tests/e2e/support/launch-app.ts').LaunchedApp} launched */
async function capture({ app, window }) {
  await window.mouse.move(0, 0)
  await window.evaluate(async () => {
    const frames = () =>
      new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))
    await frames()
    await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => null)))
    await frames()
  })
  // Playwright's own pictures show a part of a window that is zoomed.
  const png = await app.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage()
    return image?.toPNG().toString('base64') ?? ''
  })
  return Buffer.from(png, 'base64')
}

const stop = await setup()
try {
  for (const scene of scenes) {
    if (only.length > 0 && !only.includes(scene.name)) continue
    const launched = await launchApp()
    try {
      await setWindowSize(launched.app, 1440, 900)
      await scene.show(launched)
      for (const look of looks) {
        await launched.window.emulateMedia({ colorScheme: look.theme, reducedMotion: 'reduce' })
        await launched.app.evaluate(({ BrowserWindow }, factor) => {
          BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(factor)
        }, look.percent / 100)
        await launched.window.waitForTimeout(500)
        await scene.settle?.(launched.window)
        const file = inRoot('docs/screenshots', fileOf(scene.name, look))
        writeFileSync(file, await capture(launched))
        say(file)
      }
    } finally {
      await launched.close()
    }
  }
} finally {
  stop()
}
