import { Download, Trash2 } from 'lucide-react'
import type { EngineAvailability } from '../../../src-core/ipc/contract.ts'
import { useEngines } from '../../state/engine-store.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { ProblemList } from '../training/problem-list.tsx'
import './engines-dialog.css'

/** What people know an engine by, and what it is good for. */
const engineTexts: Readonly<Record<string, { readonly title: string; readonly text: string }>> = {
  'onnx/cpu': { title: 'CPU', text: 'ONNX Runtime on the processor. Runs everywhere.' },
  'onnx/webgpu': { title: 'GPU (WebGPU)', text: 'ONNX Runtime on the GPU of any vendor.' },
  tensorflow: {
    title: 'TensorFlow',
    text: 'TensorFlow’s own kernels, on NVIDIA GPUs through CUDA. Installed on request: about 300 MB to download and 900 MB on the disk, twice as much for GPUs.',
  },
}

/** Every engine with whether it runs here and why not; TensorFlow can be installed and removed. */
export function EnginesDialog() {
  const { shown, hide, engines, problems } = useEngines()
  return (
    <Dialog
      open={shown}
      onClose={hide}
      title="Engines"
      description="Where models can be trained on this machine. “Fastest” chooses among those that run."
      wide
    >
      {engines === null && <p role="status">Trying every engine…</p>}
      <ul className="engines">
        {engines?.map((engine) => (
          <li key={engine.engine} className="engines__row">
            <EngineFacts engine={engine} />
            {engine.engine === 'tensorflow' && <InstallButtons isThere={engine.available} />}
          </li>
        ))}
      </ul>
      <Installation />
      {problems.length > 0 && <ProblemList title="TensorFlow was not installed" problems={problems} />}
    </Dialog>
  )
}

function EngineFacts({ engine }: { readonly engine: EngineAvailability }) {
  const { title, text } = engineTexts[engine.engine] ?? { title: engine.engine, text: '' }
  return (
    <div className="engines__facts">
      <h3 className="engines__title">
        {title}
        <Badge tone={engine.available ? 'success' : 'neutral'}>
          {engine.available ? 'Available' : 'Not available'}
        </Badge>
      </h3>
      <p>{text}</p>
      {engine.device !== '' && <p className="engines__detail">{engine.device}</p>}
      {engine.detail !== '' && <p className="engines__detail">{engine.detail}</p>}
    </div>
  )
}

function InstallButtons({ isThere }: { readonly isThere: boolean }) {
  const { progress, install, cancel, remove } = useEngines()
  if (progress !== null) return <Button onClick={() => void cancel()}>Cancel</Button>
  if (isThere) {
    return (
      <Button icon={Trash2} onClick={() => void remove()}>
        Remove
      </Button>
    )
  }
  return (
    <Button variant="primary" icon={Download} onClick={() => void install()}>
      Install
    </Button>
  )
}

function Installation() {
  const progress = useEngines((state) => state.progress)
  if (progress === null) return null
  return (
    <div className="engines__progress">
      <p role="status">{progress.step}…</p>
      <ProgressBar label="Installing TensorFlow" value={progress.fraction} valueText={progress.step} />
    </div>
  )
}
