import { useEffect, useRef } from 'react'
import { Group, Panel, Separator, useDefaultLayout, usePanelRef } from 'react-resizable-panels'
import { t } from '../../src-core/language/t.ts'
import { CanvasArea } from '../canvas/canvas-area.tsx'
import { Inspector } from '../panels/inspector/inspector.tsx'
import { useUi } from '../state/ui-store.ts'
import { Dock } from './dock.tsx'
import { SidePanel } from './side-panel.tsx'
import { TopBar } from './top-bar.tsx'

/** Height of the dock's tab bar, which stays when the dock is closed. */
const dockBarHeight = 38
/** Height of the dock until somebody changes it. */
const dockHeight = 292

/** Palette, canvas, inspector and dock of the open project; sizes are remembered on this machine. */
export function Workbench() {
  const columns = useDefaultLayout({ id: 'layerloom-palette', storage: localStorage })
  return (
    <div className="workbench">
      <TopBar />
      <Group
        className="workbench__columns"
        orientation="horizontal"
        {...(columns.defaultLayout ? { defaultLayout: columns.defaultLayout } : {})}
        onLayoutChanged={columns.onLayoutChanged}
      >
        <Panel
          id="palette"
          defaultSize={224}
          minSize={168}
          maxSize={360}
          groupResizeBehavior="preserve-pixel-size"
        >
          <SidePanel />
        </Panel>
        <Separator className="separator separator--vertical" aria-label={t('Resize the side panel')} />
        <Panel id="work" minSize={552}>
          <WorkArea />
        </Panel>
      </Group>
    </div>
  )
}

/** Canvas and inspector, and the dock under both: curves and samples need the width. */
function WorkArea() {
  const rows = useDefaultLayout({ id: 'layerloom-rows', storage: localStorage })
  const dock = usePanelRef()
  const open = useUi((state) => state.dockOpen)
  const setOpen = useUi((state) => state.setDockOpen)
  const tall = useUi((state) => state.dockTall)
  /** What people made of its height, for when it has been hidden or tall. */
  const usualHeight = useRef(dockHeight)
  useEffect(() => {
    if (!open) dock.current?.collapse()
    else if (dock.current?.isCollapsed()) dock.current.resize(usualHeight.current)
  }, [open, dock])
  const wasTall = useRef(tall)
  useEffect(() => {
    if (tall === wasTall.current) return
    wasTall.current = tall
    // As tall as the least height of the drawing lets it be.
    if (tall) dock.current?.resize('100%')
    else if (!dock.current?.isCollapsed()) dock.current?.resize(usualHeight.current)
  }, [tall, dock])
  const noteHeight = (height: number) => {
    const isOpen = height > dockBarHeight + 1
    if (isOpen && !useUi.getState().dockTall) usualHeight.current = height
    setOpen(isOpen)
  }
  return (
    <Group
      orientation="vertical"
      {...(rows.defaultLayout ? { defaultLayout: rows.defaultLayout } : {})}
      onLayoutChanged={rows.onLayoutChanged}
    >
      <Panel id="drawing" minSize={160}>
        <Drawing />
      </Panel>
      <Separator className="separator separator--horizontal" aria-label={t('Resize the lower panel')} />
      <Panel
        id="dock"
        panelRef={dock}
        defaultSize={dockHeight}
        minSize={140}
        collapsible
        collapsedSize={dockBarHeight}
        groupResizeBehavior="preserve-pixel-size"
        onResize={(size) => noteHeight(size.inPixels)}
      >
        <Dock />
      </Panel>
    </Group>
  )
}

function Drawing() {
  const columns = useDefaultLayout({ id: 'layerloom-inspector', storage: localStorage })
  return (
    <Group
      orientation="horizontal"
      {...(columns.defaultLayout ? { defaultLayout: columns.defaultLayout } : {})}
      onLayoutChanged={columns.onLayoutChanged}
    >
      <Panel id="canvas" minSize={320}>
        <CanvasArea />
      </Panel>
      <Separator className="separator separator--vertical" aria-label={t('Resize the inspector')} />
      <Panel
        id="inspector"
        defaultSize={304}
        minSize={232}
        maxSize={480}
        groupResizeBehavior="preserve-pixel-size"
      >
        <Inspector />
      </Panel>
    </Group>
  )
}
