import { useCallback } from 'react'
import type { LayerFace } from '../../../src-core/document/blocks/layer-face.ts'
import { t } from '../../../src-core/language/t.ts'
import { useCompile } from '../../state/compile-store.ts'
import { closePicker, type WindowPoint, type WireStart } from '../../state/picker-store.ts'
import { useUi } from '../../state/ui-store.ts'
import { OptionList } from '../../ui/option-list.tsx'
import { addAtWireEnd, addFromPalette } from '../add-actions.ts'
import { kindsThatGive, kindsThatTake } from '../fitting-kinds.ts'
import { useOffered } from '../use-offered.ts'
import { kindOptions } from './layer-options.ts'
import { LooseWire } from './loose-wire.tsx'
import { PickerPopover } from './picker-popover.tsx'

/** Any layer kind, added as from the palette: after what is selected. */
export function AddPicker({ at }: { readonly at: WindowPoint }) {
  const definitions = useOffered()
  return (
    <PickerPopover label={t('Add a layer')} at={at}>
      <KindList label={t('Add a layer')} definitions={definitions} onChoose={addFromPalette} />
    </PickerPopover>
  )
}

interface AddToWirePickerProps {
  readonly at: WindowPoint
  readonly from: WireStart
}

/** The kinds that fit the loose end of a wire. */
export function AddToWirePicker({ at, from }: AddToWirePickerProps) {
  const shape = useCompile((state) => state.layers.get(from.layerId)?.outputShape)
  const fitting = from.side === 'source' ? kindsThatTake(shape) : kindsThatGive()
  return (
    <>
      <LooseWire from={from} at={at} />
      <PickerPopover label={t('Add a layer that fits')} at={at}>
        <KindList
          label={t('Add a layer that fits')}
          definitions={fitting}
          onChoose={(kind) => addAtWireEnd(kind, from, at)}
        />
      </PickerPopover>
    </>
  )
}

interface KindListProps {
  readonly label: string
  readonly definitions: readonly LayerFace[]
  readonly onChoose: (kind: string) => void
}

/** Layer kinds to choose one of; closes itself. */
export function KindList({ label, definitions, onChoose }: KindListProps) {
  const favourites = useUi((state) => state.favourites)
  const search = useCallback(
    (query: string) => kindOptions(definitions, query, favourites),
    [definitions, favourites],
  )
  return (
    <OptionList
      label={label}
      placeholder={t('Search layers')}
      search={search}
      onChoose={(kind) => {
        onChoose(kind)
        closePicker()
      }}
      empty={(query) =>
        query.trim() === ''
          ? t('No layer fits here.')
          : t('No layer that fits here matches “{{query}}”.', { query })
      }
    />
  )
}
