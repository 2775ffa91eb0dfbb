import { readFile, rm } from 'node:fs/promises'
import type { ElectronApplication, Page } from 'playwright'
import type { LaunchedApp } from '../../tests/e2e/support/launch-app.ts'
import { type FrameFigures, frameMark, readTrace } from './trace.ts'

/** Steps of a gesture. The page answers each before the next is made: a slow page gets fewer per second. */
const gestureSteps = 120

/** Measures gestures on a page that shows React Flow, as a person's hand makes them. */
export class PageBench {
  readonly #app: ElectronApplication
  readonly #page: Page

  constructor({ app, window }: LaunchedApp) {
    this.#app = app
    this.#page = window
  }

  /** Figures of whatever `act` does, from its start until the page has come to rest. */
  async measure(name: string, act: () => Promise<void>): Promise<FrameFigures> {
    await this.#page.evaluate((mark) => {
      const tick = () => {
        performance.mark(mark)
        frame = requestAnimationFrame(tick)
      }
      let frame = requestAnimationFrame(tick)
      Reflect.set(globalThis, 'benchStop', () => cancelAnimationFrame(frame))
    }, frameMark)
    await this.#app.evaluate(({ contentTracing }) =>
      contentTracing.startRecording({
        included_categories: ['devtools.timeline', 'blink.user_timing', 'v8'],
        excluded_categories: ['*'],
      }),
    )
    await this.#page.evaluate((mark) => void performance.mark(mark), `begin:${name}`)
    await act()
    await this.#page.evaluate((mark) => void performance.mark(mark), `end:${name}`)
    const file = await this.#app.evaluate(({ contentTracing }) => contentTracing.stopRecording())
    await this.#page.evaluate(() => Reflect.get(globalThis, 'benchStop')())
    const text = await readFile(file, 'utf8')
    await rm(file)
    return readTrace(text, name)
  }

  /** Waits until something is drawn and five frames in a row came quickly. */
  async atRest(): Promise<void> {
    await this.#page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          let [quick, last] = [0, performance.now()]
          const look = (now: number) => {
            const drawn =
              document.querySelector('.react-flow__node') &&
              document.querySelector('.react-flow__edge, .far-wires')
            quick = drawn && now - last < 50 ? quick + 1 : 0
            last = now
            if (quick < 5) requestAnimationFrame(look)
            else resolve()
          }
          requestAnimationFrame(look)
        }),
    )
  }

  async pan(): Promise<void> {
    await this.#toMiddle()
    for (let step = 0; step < gestureSteps; step++) {
      await this.#page.mouse.wheel(step < gestureSteps / 2 ? 12 : -12, step % 20 < 10 ? 18 : -18)
    }
    await this.#nextFrame()
  }

  async zoom(): Promise<void> {
    await this.#toMiddle()
    await this.#page.keyboard.down('Control')
    for (let step = 0; step < gestureSteps; step++) {
      await this.#page.mouse.wheel(0, step % 30 < 15 ? -40 : 40)
    }
    await this.#page.keyboard.up('Control')
    await this.#nextFrame()
  }

  /** Drags the node whose middle is nearest to the middle of the screen; what is selected goes with it. */
  async drag(id: string): Promise<void> {
    const box = await this.#page.locator(`.react-flow__node[data-id="${id}"]`).boundingBox()
    if (!box) throw new Error(`${id} is not on screen`)
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    await this.#page.mouse.move(x, y)
    await this.#page.mouse.down()
    for (let step = 1; step <= gestureSteps; step++) {
      const away = step <= gestureSteps / 2 ? step : gestureSteps - step
      await this.#page.mouse.move(x + 4 * away, y + 3 * away)
    }
    await this.#page.mouse.up()
    await this.#nextFrame()
  }

  /** Draws a box of selection from one node to another and returns how many nodes it holds. */
  async select(from: string, to: string): Promise<number> {
    const [first, last] = await Promise.all(
      [from, to].map((id) => this.#page.locator(`.react-flow__node[data-id="${id}"]`).boundingBox()),
    )
    if (!first || !last) throw new Error('the nodes to select are not on screen')
    const gap = 3
    await this.#page.mouse.move(first.x - gap, first.y - gap)
    await this.#page.mouse.down()
    await this.#page.mouse.move(last.x, last.y, { steps: 4 })
    await this.#page.mouse.move(last.x + last.width + gap, last.y + last.height + gap, { steps: 4 })
    await this.#page.mouse.up()
    await this.#nextFrame()
    return this.#page.locator('.react-flow__node.selected').count()
  }

  /** Bytes that scripts hold after a collection of garbage. */
  async heap(): Promise<number> {
    const session = await this.#page.context().newCDPSession(this.#page)
    await session.send('HeapProfiler.collectGarbage')
    const { usedSize } = await session.send('Runtime.getHeapUsage')
    await session.detach()
    return usedSize
  }

  async #toMiddle(): Promise<void> {
    const box = await this.#page.locator('.react-flow').boundingBox()
    if (!box) throw new Error('there is no drawing')
    await this.#page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  }

  #nextFrame(): Promise<void> {
    return this.#page.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => resolve())))
  }
}
