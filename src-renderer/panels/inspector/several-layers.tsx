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
import type { CommandName } from '../../app/command-names.ts'
import { runCommand } from '../../app/commands.ts'
import { toggleBypass } from '../../canvas/layer-actions.ts'
import { deleteSelection, duplicateSelection } from '../../canvas/selection-actions.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Section } from '../../ui/panel.tsx'
import './layer-actions.css'

const alignments: readonly (readonly [CommandName, string, LucideIcon])[] = [
  ['alignLeft', 'Align left edges', AlignStartVertical],
  ['alignCentre', 'Align centres', AlignCenterVertical],
  ['alignRight', 'Align right edges', AlignEndVertical],
  ['alignTop', 'Align top edges', AlignStartHorizontal],
  ['alignMiddle', 'Align middles', AlignCenterHorizontal],
  ['alignBottom', 'Align bottom edges', AlignEndHorizontal],
]

const distributions: readonly (readonly [CommandName, string, LucideIcon])[] = [
  ['distributeHorizontally', 'Distribute horizontally', AlignHorizontalSpaceAround],
  ['distributeVertically', 'Distribute vertically', AlignVerticalSpaceAround],
]

/** What can be done with several layers at once. */
export function SeveralLayers({ count }: { readonly count: number }) {
  const arranging = count > 2 ? [...alignments, ...distributions] : alignments
  return (
    <Section title={`${count} layers selected`}>
      <p className="inspector__text">Drag or use the arrow keys to move them together.</p>
      <div className="align-grid" role="toolbar" aria-label="Arrange">
        {arranging.map(([command, label, icon]) => (
          <IconButton key={command} label={label} icon={icon} onClick={() => runCommand(command)} />
        ))}
      </div>
      <div className="inspector__buttons">
        <Button size="small" icon={Copy} onClick={duplicateSelection}>
          Duplicate
        </Button>
        <Button size="small" icon={CircleSlash} onClick={toggleBypass}>
          Bypass
        </Button>
        <Button size="small" icon={Trash2} onClick={deleteSelection}>
          Delete
        </Button>
      </div>
    </Section>
  )
}
