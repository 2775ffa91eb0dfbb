/**
 * The window. Where things go:
 *
 * - app/      the frame: start page or workbench, top bar, dock, keys and native menu commands
 * - bridge/   `call(channel, input)` and `subscribe(push, listener)`: the only way to main, both checked against the contract
 * - canvas/   the drawing: React Flow nodes and wires, palette, drag and drop, connection rules, tidying
 * - panels/   one folder per panel (inspector, outline, problems, start, dataset, training, engines, runs, mermaid)
 * - state/    what components show, in small stores without React in their logic:
 *             project (document, undo, selection), compile (shapes and problems of the document), runs, datasets, ui
 * - ui/       the kit: tokens and controls without knowledge of neural networks
 *
 * Everything said to a person goes through `t` of src-core/language, sentences of problems through `sentence`.
 *
 * Components show state and dispatch edits (`dispatch(edit)` of state/project-store.ts, undone for free); shape maths,
 * file access and anything else that can be tested without a window stays out of .tsx files.
 */
import { Fragment, useEffect, useState } from 'react'
import { ComparePicker } from '../panels/compare/compare-picker.tsx'
import { CompareView } from '../panels/compare/compare-view.tsx'
import { EnginesDialog } from '../panels/engines/engines-dialog.tsx'
import { StartPage } from '../panels/start/start-page.tsx'
import { useDatasets } from '../state/dataset-store.ts'
import { openLastProject } from '../state/project-actions.ts'
import { useProject } from '../state/project-store.ts'
import { ToastRegion } from '../ui/toast.tsx'
import { TooltipProvider } from '../ui/tooltip.tsx'
import './app.css'
import { CommandPalette } from './command-palette.tsx'
import { DropZone } from './drop-zone.tsx'
import { useLanguage } from './language.ts'
import { OfferedDocumentDialog } from './offered-document-dialog.tsx'
import { OutsideChangeDialog } from './outside-change-dialog.tsx'
import { startServices, tellWindowState } from './services.ts'
import { Workbench } from './workbench.tsx'

/** The whole window: the start page, or the workbench of the open project. */
export function App() {
  const [ready, setReady] = useState(false)
  useEffect(() => {
    const stop = startServices()
    void useDatasets.getState().refresh()
    void openLastProject().finally(() => {
      // Where no project was open main has not heard yet which language was chosen.
      tellWindowState()
      setReady(true)
    })
    return stop
  }, [])
  const projectId = useProject((state) => state.project?.id)
  const language = useLanguage()
  return (
    <TooltipProvider>
      {/* Another language draws everything anew; what matters is in the stores. */}
      <Fragment key={language}>
        {ready && (projectId === undefined ? <StartPage /> : <Workbench key={projectId} />)}
        <EnginesDialog />
        <CommandPalette />
        <ComparePicker />
        <CompareView />
        <OfferedDocumentDialog />
        <OutsideChangeDialog />
        <DropZone />
        <ToastRegion />
      </Fragment>
    </TooltipProvider>
  )
}
