import { Maximize, Minus, Plus, Wand } from 'lucide-react'
import { Panel, useStore } from 'reactflow'
import { runCommand } from '../app/commands.ts'
import { shortcutText } from '../app/shortcuts.ts'
import { IconButton } from '../ui/button.tsx'

/** Zoom and tidy, in the lower left corner. */
export function CanvasToolbar() {
  const percent = useStore((state) => Math.round(state.transform[2] * 100))
  return (
    <Panel position="bottom-left">
      <div className="canvas-toolbar" role="toolbar" aria-label="View">
        <IconButton
          label="Zoom out"
          icon={Minus}
          shortcut={shortcutText('zoomOut')}
          onClick={() => runCommand('zoomOut')}
        />
        <span className="canvas-toolbar__zoom numeric">{percent} %</span>
        <IconButton
          label="Zoom in"
          icon={Plus}
          shortcut={shortcutText('zoomIn')}
          onClick={() => runCommand('zoomIn')}
        />
        <IconButton
          label="Zoom to fit"
          icon={Maximize}
          shortcut={shortcutText('zoomToFit')}
          onClick={() => runCommand('zoomToFit')}
        />
        <IconButton
          label="Tidy"
          icon={Wand}
          tooltip="Tidy: arrange all layers"
          shortcut={shortcutText('tidy')}
          onClick={() => runCommand('tidy')}
        />
      </div>
    </Panel>
  )
}
