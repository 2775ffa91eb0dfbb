import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalSpaceAround,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalSpaceAround,
  CircleSlash,
  Copy,
  type LucideIcon,
  Trash2,
} from 'lucide-react'
import { mark, t } from '../../../src-core/language/t.ts'
import type { CommandName } from '../../app/command-names.ts'
import { runCommand } from '../../app/commands.ts'
import { toggleBypass } from '../../canvas/layer-actions.ts'
import { deleteSelection, duplicateSelection } from '../../canvas/selection-actions.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Section } from '../../ui/panel.tsx'
import './layer-actions.css'

const alignments: readonly (readonly [CommandName, string, LucideIcon])[] = [
  ['alignLeft', mark('Align left edges'), AlignStartVertical],
  ['alignCentre', mark('Align centres'), AlignCenterVertical],
  ['alignRight', mark('Align right edges'), AlignEndVertical],
  ['alignTop', mark('Align top edges'), AlignStartHorizontal],
  ['alignMiddle', mark('Align middles'), AlignCenterHorizontal],
  ['alignBottom', mark('Align bottom edges'), AlignEndHorizontal],
]

const distributions: readonly (readonly [CommandName, string, LucideIcon])[] = [
  ['distributeHorizontally', mark('Distribute horizontally'), AlignHorizontalSpaceAround],
  ['distributeVertically', mark('Distribute vertically'), AlignVerticalSpaceAround],
]

/** What can be done with several layers at once. */
export function SeveralLayers({ count }: { readonly count: number }) {
  const arranging = count > 2 ? [...alignments, ...distributions] : alignments
  return (
    <Section title={t('{{count, number}} layers selected', { count })}>
      <p className="inspector__text">{t('Drag or use the arrow keys to move them together.')}</p>
      <div className="align-grid" role="toolbar" aria-label={t('Arrange')}>
        {arranging.map(([command, label, icon]) => (
          <IconButton key={command} label={t(label)} icon={icon} onClick={() => runCommand(command)} />
        ))}
      </div>
      <div className="inspector__buttons">
        <Button size="small" icon={Copy} onClick={duplicateSelection}>
          {t('Duplicate')}
        </Button>
        <Button size="small" icon={CircleSlash} onClick={toggleBypass}>
          {t('Bypass')}
        </Button>
        <Button size="small" icon={Trash2} onClick={deleteSelection}>
          {t('Delete')}
        </Button>
      </div>
    </Section>
  )
}
