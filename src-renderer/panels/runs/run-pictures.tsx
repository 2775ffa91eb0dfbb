import { Download, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import type { ChannelValue, RunDetail } from '../../../src-core/ipc/contract.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { savePictures, usePictureKinds, usePictures } from './picture-requests.ts'
import { SheetImage } from './sheet-image.tsx'
import './run-pictures.css'

type Kinds = ChannelValue<'pictures.kinds'>
type SampleKind = 'samples' | 'plane'

/** Pictures that a trained run makes: new samples where it can draw any, and reconstructions. */
export function RunPictures({ detail }: { readonly detail: RunDetail }) {
  const { run, hasWeights } = detail
  const kinds = usePictureKinds(run.id, hasWeights && run.status !== 'running')
  if (!kinds) return null
  return (
    <>
      {kinds.samples && <SamplesCard runId={run.id} kinds={kinds} />}
      {kinds.reconstructions && <ReconstructionsCard runId={run.id} />}
    </>
  )
}

function SamplesCard({ runId, kinds }: { readonly runId: number; readonly kinds: Kinds }) {
  const [kind, setKind] = useState<SampleKind>('samples')
  const [seed, setSeed] = useState(1)
  const request =
    kind === 'plane' ? { runId, kind, count: 15, seed: 0 } : { runId, kind, count: 60, columns: 12, seed }
  const { pictures, busy } = usePictures(request)
  return (
    <section className="run-pictures" aria-label="Samples" aria-busy={busy}>
      <header className="run-pictures__header">
        <h3>Samples</h3>
        {kinds.plane && (
          <Segmented
            label="What is drawn"
            value={kind}
            segments={[
              { value: 'samples', label: 'Random' },
              { value: 'plane', label: 'Grid' },
            ]}
            onChange={setKind}
          />
        )}
        <Button
          size="small"
          icon={RefreshCw}
          busy={busy && kind === 'samples'}
          disabled={kind === 'plane'}
          onClick={() => setSeed(seed + 1)}
        >
          Draw again
        </Button>
        <SaveButton disabled={!pictures} onSave={() => savePictures(request)} />
      </header>
      {pictures && (
        <SheetImage
          sheet={pictures.sheet}
          label={kind === 'plane' ? 'Grid of 15 × 15 samples' : `60 samples of seed ${seed}`}
        />
      )}
      <p className="run-pictures__caption">
        {kind === 'plane'
          ? 'Both latent values from −1.8 to 1.8, in steps of equal probability.'
          : `Drawn from normal noise, seed ${seed}.`}
      </p>
    </section>
  )
}

function ReconstructionsCard({ runId }: { readonly runId: number }) {
  const [seed, setSeed] = useState(1)
  const request = { runId, kind: 'reconstructions' as const, count: 12, seed }
  const { pictures, busy } = usePictures(request)
  return (
    <section className="run-pictures" aria-label="Reconstructions" aria-busy={busy}>
      <header className="run-pictures__header">
        <h3>Reconstructions</h3>
        <Button size="small" icon={RefreshCw} busy={busy} onClick={() => setSeed(seed + 1)}>
          Other images
        </Button>
        <SaveButton disabled={!pictures} onSave={() => savePictures(request)} />
      </header>
      {pictures && (
        <SheetImage
          sheet={pictures.sheet}
          label={`${pictures.rows.length} images and their reconstructions`}
        />
      )}
      {pictures && (
        <p className="run-pictures__caption">
          Images of the test data, from top to bottom: {pictures.levels.join(', ')}.
        </p>
      )}
    </section>
  )
}

function SaveButton({
  disabled,
  onSave,
}: {
  readonly disabled: boolean
  readonly onSave: () => Promise<void>
}) {
  return (
    <IconButton
      label="Save as PNG…"
      icon={Download}
      size="small"
      disabled={disabled}
      onClick={() => void onSave()}
    />
  )
}
