import { useEffect } from 'react'
import { Group, Panel, Separator, useDefaultLayout, usePanelRef } from 'react-resizable-panels'
import { CanvasArea } from '../canvas/canvas-area.tsx'
import { Palette } from '../canvas/palette.tsx'
import { Inspector } from '../panels/inspector/inspector.tsx'
import { useUi } from '../state/ui-store.ts'
import { Dock } from './dock.tsx'
import { TopBar } from './top-bar.tsx'

/** Height of the dock's tab bar, which stays when the dock is closed. */
const dockBarHeight = 38

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
          <Palette />
        </Panel>
        <Separator className="separator separator--vertical" aria-label="Resize the palette" />
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
  useEffect(() => {
    if (open) dock.current?.expand()
    else dock.current?.collapse()
  }, [open, dock])
  return (
    <Group
      orientation="vertical"
      {...(rows.defaultLayout ? { defaultLayout: rows.defaultLayout } : {})}
      onLayoutChanged={rows.onLayoutChanged}
    >
      <Panel id="drawing" minSize={160}>
        <Drawing />
      </Panel>
      <Separator className="separator separator--horizontal" aria-label="Resize the lower panel" />
      <Panel
        id="dock"
        panelRef={dock}
        defaultSize={292}
        minSize={140}
        collapsible
        collapsedSize={dockBarHeight}
        groupResizeBehavior="preserve-pixel-size"
        onResize={(size) => setOpen(size.inPixels > dockBarHeight + 1)}
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
      <Separator className="separator separator--vertical" aria-label="Resize the inspector" />
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
