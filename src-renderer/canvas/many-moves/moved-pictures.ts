import type { XYPosition } from 'reactflow'
import type { CanvasNode } from '../flow-types.ts'

/** The elements of nodes on the screen, moved past React Flow; and the frame around a selection with them. */
export class MovedPictures {
  readonly #elements: ReadonlyMap<string, HTMLElement>
  readonly #frame: HTMLElement | null
  /** Of one of the nodes: how far it is from here, the frame is too. */
  readonly #first: { readonly id: string } & XYPosition
  #frameBefore = ''
  #frameNow = ''

  private constructor(elements: ReadonlyMap<string, HTMLElement>, first: CanvasNode) {
    this.#elements = elements
    this.#frame = document.querySelector<HTMLElement>('.react-flow__nodesselection')
    this.#first = { id: first.id, ...first.position }
  }

  /** Of these nodes; undefined when some are not on the screen, so that React Flow must show them when they come there. */
  static of(nodes: readonly CanvasNode[]): MovedPictures | undefined {
    const wanted = new Set(nodes.map(({ id }) => id))
    const elements = new Map<string, HTMLElement>()
    for (const element of document.querySelectorAll<HTMLElement>('.react-flow__node')) {
      const { id } = element.dataset
      if (id !== undefined && wanted.has(id)) elements.set(id, element)
    }
    const [first] = nodes
    return first && elements.size === nodes.length ? new MovedPictures(elements, first) : undefined
  }

  /** Shows the nodes at these places, in document coordinates. */
  move(positions: ReadonlyMap<string, XYPosition>): void {
    for (const [id, element] of this.#elements) {
      const place = positions.get(id)
      if (place) element.style.transform = `translate(${place.x}px,${place.y}px)`
    }
    const place = positions.get(this.#first.id)
    if (!this.#frame || !place) return
    // React Flow places the frame anew when the view moves.
    const { transform } = this.#frame.style
    if (transform !== this.#frameNow) this.#frameBefore = transform
    this.#frame.style.transform = `${this.#frameBefore} translate(${place.x - this.#first.x}px,${place.y - this.#first.y}px)`
    this.#frameNow = this.#frame.style.transform
  }
}
