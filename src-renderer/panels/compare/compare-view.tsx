import { ArrowLeftRight } from 'lucide-react'
import { useState } from 'react'
import { ReactFlowProvider, useReactFlow } from 'reactflow'
import { t } from '../../../src-core/language/t.ts'
import { layerHeight, layerWidth } from '../../canvas/geometry.ts'
import { type Comparison, compare, leaveCompare, useCompare } from '../../state/compare-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { CompareCanvas } from './compare-canvas.tsx'
import { CompareList } from './compare-list.tsx'
import { diffSummary } from './diff-summary.ts'
import './compare-view.css'

/** Two documents side by side in one drawing, over the whole window; Escape leaves it. */
export function CompareView() {
  const comparison = useCompare((state) => state.comparison)
  if (!comparison) return null
  const { before, after } = comparison
  return (
    <Dialog
      open
      full
      onClose={leaveCompare}
      title={`${before.title} → ${after.title}`}
      description={diffSummary(comparison.diff)}
      actions={
        <>
          <Button icon={ArrowLeftRight} onClick={() => compare(after, before)}>
            {t('Swap sides')}
          </Button>
          <Button variant="primary" onClick={leaveCompare}>
            {t('Done')}
          </Button>
        </>
      }
    >
      <ReactFlowProvider key={`${before.title} ${after.title}`}>
        <Both comparison={comparison} />
      </ReactFlowProvider>
    </Dialog>
  )
}

function Both({ comparison }: { readonly comparison: Comparison }) {
  const [chosen, choose] = useState<string>()
  const flow = useReactFlow()
  const show = (nodeId: string) => {
    choose(nodeId)
    const position = flow.getNode(nodeId)?.position
    if (!position) return
    void flow.setCenter(position.x + layerWidth / 2, position.y + layerHeight / 2, {
      zoom: Math.max(0.8, Math.min(1, flow.getZoom())),
      duration: 200,
    })
  }
  return (
    <div className="compare-view">
      <div className="compare-view__canvas canvas">
        <CompareCanvas comparison={comparison} chosen={chosen} onChoose={choose} />
      </div>
      <aside className="compare-view__list" aria-label={t('Differences')}>
        <CompareList diff={comparison.diff} chosen={chosen} onChoose={show} />
      </aside>
    </div>
  )
}
