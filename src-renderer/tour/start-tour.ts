import { driver, type PopoverDOM } from 'driver.js'
import 'driver.js/dist/driver.css'
import { flushSync } from 'react-dom'
import { t } from '../../src-core/language/t.ts'
import { canvas } from '../state/canvas-handle.ts'
import { createProject } from '../state/project-actions.ts'
import { useProject } from '../state/project-store.ts'
import { loadTemplates, useTemplateStore } from '../state/template-store.ts'
import { useUi } from '../state/ui-store.ts'
import './tour.css'
import { tourStops } from './tour-stops.ts'

/** What is shown round when no project is open: small, complete, and trained in seconds. */
const shownTemplate = 'iris-classifier'

let isOn = false

/** Whether the tour is being shown: keys mean it then, not the drawing. */
export function isTouring(): boolean {
  return isOn
}

/**
 * Shows a person round the workbench, with the open project or a template. It can be left at any stop, by Escape, its
 * close button or a click beside it; what was changed on the way (a selection, a panel) stays.
 */
export async function startTour(): Promise<void> {
  if (isOn) return
  useUi.getState().setTourSeen()
  if (useProject.getState().project === null && !(await openTemplate())) return
  await nextFrame()
  isOn = true
  const tour = driver({
    steps: tourStops.map(({ element, title, text, side, before }) => ({
      // What is not on screen yet has to be there before it is looked for.
      element: () => {
        if (before) flushSync(before)
        return document.querySelector(element) ?? document.body
      },
      popover: { title: t(title), description: t(text), side, align: 'center' },
    })),
    animate: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    // The tour tells; what it shows is tried afterwards.
    disableActiveInteraction: true,
    overlayOpacity: 0.45,
    stagePadding: 4,
    stageRadius: 8,
    popoverClass: 'tour',
    showProgress: true,
    progressText: t('{{place}} of {{all}}', { place: '{{current}}', all: '{{total}}' }),
    nextBtnText: t('Next'),
    prevBtnText: t('Back'),
    doneBtnText: t('Done'),
    onPopoverRender: nameParts,
    // driver.js says so of every place, though few are what can be expanded.
    onHighlighted: (place) => place?.removeAttribute('aria-expanded'),
    onDestroyed: () => {
      isOn = false
      for (const stop of stops) stop()
      giveFocusBack()
    },
  })
  // A project that is closed or a language that is changed takes away what is shown.
  const { project } = useProject.getState()
  const { language } = useUi.getState()
  const stops = [
    useProject.subscribe((state) => {
      if (state.project?.id !== project?.id) tour.destroy()
    }),
    useUi.subscribe((state) => {
      if (state.language !== language) tour.destroy()
    }),
  ]
  tour.drive()
}

/** Its title and foot are elements that would be landmarks of the whole page. */
function nameParts({ closeButton, title, footer }: PopoverDOM): void {
  closeButton.setAttribute('aria-label', t('End the tour'))
  title.setAttribute('role', 'presentation')
  footer.setAttribute('role', 'presentation')
}

/** The layer that is selected gets the focus, where what had it before does not have it again. */
function giveFocusBack(): void {
  requestAnimationFrame(() => {
    const [layerId] = useProject.getState().selectedLayers
    if (document.activeElement === document.body && layerId !== undefined) canvas()?.focus(layerId)
  })
}

async function openTemplate(): Promise<boolean> {
  await loadTemplates()
  const template = useTemplateStore.getState().templates?.find(({ id }) => id === shownTemplate)
  return template !== undefined && (await createProject(template.document))
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))
}
