import { Images, Maximize, Minus, Plus, Shapes, Wand } from 'lucide-react'
import { Panel, useStore } from 'reactflow'
import { t } from '../../src-core/language/t.ts'
import { runCommand } from '../app/commands.ts'
import { shortcutText } from '../app/shortcuts.ts'
import { useUi } from '../state/ui-store.ts'
import { IconButton } from '../ui/button.tsx'

/** Zoom, tidy and thumbnails, in the lower left corner. */
export function CanvasToolbar() {
  const thumbnails = useUi((state) => state.thumbnails)
  const setThumbnails = useUi((state) => state.setThumbnails)
  const percent = useStore((state) => Math.round(state.transform[2] * 100))
  const legend = useUi((state) => state.legend)
  return (
    <Panel position="bottom-left">
      <div className="canvas-toolbar" role="toolbar" aria-label={t('View')}>
        <IconButton
          label={t('Zoom out')}
          icon={Minus}
          shortcut={shortcutText('zoomOut')}
          onClick={() => runCommand('zoomOut')}
        />
        <span className="canvas-toolbar__zoom numeric">{percent} %</span>
        <IconButton
          label={t('Zoom in')}
          icon={Plus}
          shortcut={shortcutText('zoomIn')}
          onClick={() => runCommand('zoomIn')}
        />
        <IconButton
          label={t('Zoom to fit')}
          icon={Maximize}
          shortcut={shortcutText('zoomToFit')}
          onClick={() => runCommand('zoomToFit')}
        />
        <IconButton
          label={t('Tidy')}
          icon={Wand}
          tooltip={t('Tidy: arrange all layers')}
          shortcut={shortcutText('tidy')}
          onClick={() => runCommand('tidy')}
        />
        <IconButton
          label={t('Thumbnails')}
          icon={Images}
          tooltip={t('Thumbnails: show on every layer what it makes of the previewed sample')}
          aria-pressed={thumbnails}
          onClick={() => setThumbnails(!thumbnails)}
        />
        <IconButton
          size="small"
          label={t('Legend')}
          icon={Shapes}
          tooltip={t(legend ? 'Hide the legend' : 'Show what colours and signs mean')}
          aria-pressed={legend}
          onClick={() => runCommand('legend')}
        />
      </div>
    </Panel>
  )
}
