import type { Locator, Page } from 'playwright'

export interface Point {
  readonly x: number
  readonly y: number
}

/** What a person does on the canvas, with mouse and keyboard as a person does it. */
export class CanvasPage {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  get area(): Locator {
    return this.#page.getByRole('main', { name: 'Canvas' })
  }

  paletteItem(label: string): Locator {
    return this.#page.getByRole('button', { name: label, exact: true })
  }

  /** A layer by its id, which is also its first name. */
  layer(id: string): Locator {
    return this.#page.locator(`.react-flow__node[data-id="${id}"]`)
  }

  wire(id: string): Locator {
    return this.#page.locator(`.react-flow__edge[data-id="${id}"]`)
  }

  /** Where a layer stands in the drawing, wherever the view is. */
  async placeOf(id: string): Promise<Point> {
    const transform = await this.layer(id).evaluate((element) => element.style.transform)
    const [x, y] = [...transform.matchAll(/-?[\d.]+(?=px)/g)].map(([number]) => Number(number))
    if (x === undefined || y === undefined) throw new Error(`${id} is placed by "${transform}"`)
    return { x, y }
  }

  /** Ids of what is drawn, in no particular order. */
  async ids(what: 'node' | 'edge'): Promise<string[]> {
    // In one look: elements that are found first and asked afterwards may be gone by then.
    const ids = await this.#page
      .locator(`.react-flow__${what}`)
      .evaluateAll((elements) => elements.map((element) => element.getAttribute('data-id')))
    return ids.flatMap((id) => (id === null ? [] : [id])).toSorted()
  }

  /** Drags a layer kind from the palette and drops its middle at a point of the canvas area. */
  async dropLayer(label: string, at: Point): Promise<void> {
    // Scrolls it out from under the search field, if that covers it.
    await this.paletteItem(label).hover()
    await this.#drag(await this.#middle(this.paletteItem(label)), await this.onCanvas(at))
    await this.#page.mouse.up()
  }

  /** Draws a wire from the output of one layer to the input of another. */
  async drawWire(source: string, target: string): Promise<void> {
    await this.startWire(source, target)
    await this.#page.mouse.up()
  }

  /** As drawWire, but the button stays down over the target. */
  async startWire(source: string, target: string): Promise<void> {
    const from = await this.#middle(this.layer(source).locator('.react-flow__handle.source'))
    const to = await this.#middle(this.layer(target).locator('.react-flow__handle.target'))
    await this.#drag(from, to)
  }

  /** Drags a layer by its card so that its middle comes to a point of the canvas area. */
  async moveLayer(id: string, to: Point): Promise<void> {
    await this.#drag(await this.#middle(this.layer(id)), await this.onCanvas(to))
    await this.#page.mouse.up()
  }

  /** A point of the canvas area as a point of the window. */
  async onCanvas(point: Point): Promise<Point> {
    const box = await this.area.boundingBox()
    if (!box) throw new Error('the canvas is not on screen')
    return { x: box.x + point.x, y: box.y + point.y }
  }

  async #middle(locator: Locator): Promise<Point> {
    await locator.scrollIntoViewIfNeeded()
    const box = await locator.boundingBox()
    if (!box) throw new Error(`${locator} is not on screen`)
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }

  /** Presses at one point and moves to another in steps, as a hand does; the button stays down. */
  async #drag(from: Point, to: Point): Promise<void> {
    const { mouse } = this.#page
    await mouse.move(from.x, from.y)
    await mouse.down()
    await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 5 })
    await mouse.move(to.x, to.y, { steps: 5 })
  }
}
