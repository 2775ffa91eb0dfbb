import { usePicker } from '../../state/picker-store.ts'
import { AddPicker, AddToWirePicker } from './add-picker.tsx'
import { ConnectPicker, DisconnectPicker, ReplacePicker } from './layer-pickers.tsx'

/** Whichever list of the canvas is open. */
export function CanvasPickers() {
  const picker = usePicker((state) => state.picker)
  switch (picker?.type) {
    case 'add':
      return <AddPicker at={picker.at} />
    case 'addToWire':
      return <AddToWirePicker at={picker.at} from={picker.from} />
    case 'replace':
      return <ReplacePicker layerId={picker.layerId} />
    case 'connect':
      return <ConnectPicker layerId={picker.layerId} />
    case 'disconnect':
      return <DisconnectPicker layerId={picker.layerId} />
    default:
      return null
  }
}
