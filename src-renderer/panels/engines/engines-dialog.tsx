import { Download, Trash2 } from 'lucide-react'
import {
  type EngineAvailability,
  type InstallableEngine,
  installableTitles,
} from '../../../src-core/ipc/contract.ts'
import { sentence } from '../../../src-core/language/sentence.ts'
import { mark, t } from '../../../src-core/language/t.ts'
import { useEngines } from '../../state/engine-store.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { ProblemList } from '../training/problem-list.tsx'
import './engines-dialog.css'

/** What people know an engine by, and what it is good for. */
const engineTexts: Readonly<Record<string, { readonly title: string; readonly text: string }>> = {
  'onnx/cpu': { title: mark('CPU'), text: mark('ONNX Runtime on the processor. Runs everywhere.') },
  'onnx/webgpu': { title: mark('GPU (WebGPU)'), text: mark('ONNX Runtime on the GPU of any vendor.') },
  'onnx/cuda': {
    title: mark('GPU (CUDA)'),
    text: mark(
      'ONNX Runtime on NVIDIA GPUs through CUDA. Installed on request: a few hundred megabytes to download; needs NVIDIA’s driver, CUDA 12 and cuDNN 9.',
    ),
  },
  tensorflow: {
    title: mark('TensorFlow'),
    text: mark(
      'TensorFlow’s own kernels, on NVIDIA GPUs through CUDA. Installed on request: about 300 MB to download and 900 MB on the disk, twice as much for GPUs.',
    ),
  },
}

/** Engines that are installed on request, by the name of their provider. */
const installable: Readonly<Record<string, InstallableEngine>> = {
  'onnx/cuda': 'cuda',
  tensorflow: 'tensorflow',
}

/** Every engine with whether it runs here and why not; some can be installed and removed. */
export function EnginesDialog() {
  const { shown, hide, engines, problems, installing } = useEngines()
  return (
    <Dialog
      open={shown}
      onClose={hide}
      title={t('Engines')}
      description={t('Where models can be trained on this machine. “Fastest” chooses among those that run.')}
      wide
    >
      {engines === null && <p role="status">{t('Trying every engine…')}</p>}
      <ul className="engines">
        {engines?.map((engine) => (
          <li key={engine.engine} className="engines__row">
            <EngineFacts engine={engine} />
            <InstallButtons engine={installable[engine.engine]} isThere={engine.available} />
          </li>
        ))}
      </ul>
      <Installation />
      {installing !== null && problems.length > 0 && (
        <ProblemList
          title={t('{{name}} was not installed', { name: installableTitles[installing] })}
          problems={problems}
        />
      )}
    </Dialog>
  )
}

function EngineFacts({ engine }: { readonly engine: EngineAvailability }) {
  const { title, text } = engineTexts[engine.engine] ?? { title: engine.engine, text: '' }
  return (
    <div className="engines__facts">
      <h3 className="engines__title">
        {t(title)}
        <Badge tone={engine.available ? 'success' : 'neutral'}>
          {engine.available ? t('Available') : t('Not available')}
        </Badge>
      </h3>
      <p>{t(text)}</p>
      {engine.device !== '' && <p className="engines__detail">{sentence(engine.device)}</p>}
      {engine.detail !== '' && <p className="engines__detail">{sentence(engine.detail)}</p>}
    </div>
  )
}

interface InstallButtonsProps {
  /** Absent for engines that are part of the app. */
  readonly engine: InstallableEngine | undefined
  readonly isThere: boolean
}

function InstallButtons({ engine, isThere }: InstallButtonsProps) {
  const { progress, installing, install, cancel, remove } = useEngines()
  if (engine === undefined) return null
  if (progress !== null) {
    return installing === engine && <Button onClick={() => void cancel()}>{t('Cancel')}</Button>
  }
  if (isThere) {
    return (
      <Button icon={Trash2} onClick={() => void remove(engine)}>
        {t('Remove')}
      </Button>
    )
  }
  return (
    <Button variant="primary" icon={Download} onClick={() => void install(engine)}>
      {t('Install')}
    </Button>
  )
}

function Installation() {
  const { progress, installing } = useEngines()
  if (progress === null || installing === null) return null
  const step = sentence(progress.step)
  return (
    <div className="engines__progress">
      <p role="status">{t('{{step}}…', { step })}</p>
      <ProgressBar
        label={t('Installing {{name}}', { name: installableTitles[installing] })}
        value={progress.fraction}
        valueText={step}
      />
    </div>
  )
}
