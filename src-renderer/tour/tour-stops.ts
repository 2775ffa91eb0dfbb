import { mark } from '../../src-core/language/t.ts'
import { useProject } from '../state/project-store.ts'
import { type DockTab, useUi } from '../state/ui-store.ts'

/** A stop of the tour: a place of the workbench and what it is for. */
export interface TourStop {
  /** CSS selector of the place. */
  readonly element: string
  readonly title: string
  readonly text: string
  readonly side: 'left' | 'right' | 'top' | 'bottom'
  /** Brings the place on screen. */
  readonly before?: () => void
}

const dock = (tab: DockTab) => () => useUi.getState().openDock(tab)

/** The second layer of the drawing: the first that computes something. */
function selectLayer(): void {
  const { drawing, select } = useProject.getState()
  const layer = drawing?.layers[1]
  if (layer) select([layer.id])
}

/** What the tour shows, in the order of working: draw, look, train, take away. */
export const tourStops: readonly TourStop[] = [
  {
    element: '.palette',
    title: mark('Layers to build with'),
    text: mark(
      'Drag a layer onto the canvas, or double-click it: it is wired to what is selected. Press / anywhere to add one by typing its name.',
    ),
    side: 'right',
    before: () => useUi.getState().setSideTab('palette'),
  },
  {
    element: '.canvas',
    title: mark('Your network'),
    text: mark(
      'Wires are drawn from port to port, and each says the shape of what flows through it. The wheel moves the view; with Ctrl it zooms.',
    ),
    side: 'bottom',
  },
  {
    element: '.inspector',
    title: mark('What a layer is, and what it does'),
    text: mark(
      'Select a layer to change its parameters; numbers may be sums such as 2*32. Preview shows what a sample of your data becomes in it.',
    ),
    side: 'left',
    before: selectLayer,
  },
  {
    element: '#dock .workbench__part',
    title: mark('Problems that explain themselves'),
    text: mark(
      'What does not fit is said here and on the layer while you draw, with the shapes at both ends and changes that mend it.',
    ),
    side: 'top',
    before: dock('problems'),
  },
  {
    element: '#dock .workbench__part',
    title: mark('Data'),
    text: mark(
      'Choose one of the datasets that come with LayerLoom, or import tables, pictures and texts of yours.',
    ),
    side: 'top',
    before: dock('data'),
  },
  {
    element: '.top-bar__group--end > .button',
    title: mark('Train on this machine'),
    text: mark(
      'Training begins here and needs no network. Curves are drawn while it runs, and a stopped run can be resumed.',
    ),
    side: 'bottom',
    before: dock('training'),
  },
  {
    element: '#dock .workbench__part',
    title: mark('Take it with you'),
    text: mark(
      'The drawing is a Mermaid diagram, too: copy its source or save it as a picture. In the panel Runs a trained model is saved as ONNX.',
    ),
    side: 'top',
    before: dock('mermaid'),
  },
]
