import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'

/** What a page that somebody got script into would try. Each attempt runs in the page itself, in a real window. */
let launched: LaunchedApp
let page: Page

beforeAll(async () => {
  launched = await launchApp()
  page = launched.window
})
afterAll(() => launched?.close())

/** Settles when everything that was started before it has been dealt with by page and main process. */
async function settled(): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
  await launched.app.evaluate(() => new Promise((resolve) => setImmediate(resolve)))
}

describe('the page cannot reach the machine', () => {
  it('has no require, no process, no Electron', async () => {
    const found = await page.evaluate(() =>
      ['require', 'process', 'module', 'global', 'Buffer', 'electron', '__dirname'].filter(
        (name) => Reflect.get(window, name) !== undefined,
      ),
    )
    expect(found).toEqual([])
  })

  it('cannot change what the preload script exposed', async () => {
    const changed = await page.evaluate(() => {
      try {
        Object.assign(window.layerloom.invoke, { 'app.info': () => 'forged' })
      } catch {
        return 'refused'
      }
      return window.layerloom.invoke['app.info']({}).then(String)
    })
    expect(changed).not.toBe('forged')
  })
})

describe('the page cannot go anywhere', () => {
  const attempts: Readonly<Record<string, () => void>> = {
    'by its address': () => {
      location.href = 'https://example.org/'
    },
    'by a link': () => {
      const link = document.createElement('a')
      link.href = 'https://example.org/'
      document.body.append(link)
      link.click()
      link.remove()
    },
    'by a form': () => {
      const form = document.createElement('form')
      form.action = 'https://example.org/'
      form.method = 'post'
      document.body.append(form)
      form.submit()
      form.remove()
    },
    'to a file': () => {
      location.href = 'file:///etc/passwd'
    },
    'to a script address': () => {
      location.href = 'javascript:window.scriptAddressRan = true'
    },
    'by a frame': () => {
      const frame = document.createElement('iframe')
      frame.src = 'https://example.org/'
      document.body.append(frame)
    },
  }

  it.each(Object.keys(attempts))('%s', async (name) => {
    const attempt = attempts[name]
    if (!attempt) throw new Error(name)
    await page.evaluate(attempt)
    await settled()
    expect(page.url()).toBe('app://layerloom/')
    expect(
      page
        .frames()
        .map((frame) => frame.url())
        .filter((url) => url.includes('example')),
    ).toEqual([])
    expect(await page.evaluate(() => 'scriptAddressRan' in window)).toBe(false)
    expect(await page.evaluate(() => document.querySelector('h1')?.textContent)).toBe('LayerLoom')
  })

  it.each(['https://example.org/', 'app://layerloom/', 'about:blank', 'file:///etc/passwd'])(
    'nor open a window at %s',
    async (address) => {
      expect(await page.evaluate((url) => window.open(url) === null, address)).toBe(true)
      await settled()
      expect(launched.app.windows()).toHaveLength(1)
    },
  )
})

describe('the page runs no script but its own', () => {
  it.each<readonly [string, () => void]>([
    [
      'an inline script',
      () => {
        const script = document.createElement('script')
        script.textContent = 'window.strange = true'
        document.body.append(script)
      },
    ],
    [
      'a script from elsewhere',
      () => {
        const script = document.createElement('script')
        script.src = 'data:text/javascript,window.strange=true'
        document.body.append(script)
      },
    ],
    [
      'a handler in markup',
      () => {
        const image = document.createElement('img')
        image.setAttribute('onerror', 'window.strange = true')
        image.src = 'data:image/png;base64,'
        document.body.append(image)
      },
    ],
    [
      'eval',
      () => {
        // Later, since what the test itself evaluates is exempt from the policy.
        setTimeout(() => Reflect.get(window, 'eval')('window.strange = true'))
      },
    ],
  ])('%s is blocked', async (_name, attempt) => {
    await page.evaluate(attempt)
    await settled()
    expect(await page.evaluate(() => 'strange' in window)).toBe(false)
  })
})

describe('the page is granted nothing', () => {
  it.each<readonly [string, () => Promise<string>]>([
    [
      'place',
      () =>
        new Promise((resolve) =>
          navigator.geolocation.getCurrentPosition(
            () => resolve('granted'),
            (error) => resolve(error.code === error.PERMISSION_DENIED ? 'denied' : error.message),
          ),
        ),
    ],
    ['notifications', async () => Notification.requestPermission()],
    [
      'camera and microphone',
      () =>
        navigator.mediaDevices.getUserMedia({ audio: true, video: true }).then(
          () => 'granted',
          (error: unknown) => (error instanceof DOMException ? error.name : String(error)),
        ),
    ],
    [
      'clipboard',
      () =>
        navigator.clipboard.readText().then(
          () => 'granted',
          (error: unknown) => (error instanceof DOMException ? error.name : String(error)),
        ),
    ],
  ])('%s', async (_name, ask) => {
    expect(await page.evaluate(ask)).toMatch(/^(denied|NotAllowedError|NotFoundError)$/)
  })
})
