import { Download, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import type { ChannelValue, RunDetail } from '../../../src-core/ipc/contract.ts'
import { t } from '../../../src-core/language/t.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { listed } from '../../ui/listed.ts'
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
    <section className="run-pictures" aria-label={t('Samples')} aria-busy={busy}>
      <header className="run-pictures__header">
        <h3>{t('Samples')}</h3>
        {kinds.plane && (
          <Segmented
            label={t('What is drawn')}
            value={kind}
            segments={[
              { value: 'samples', label: t('Random') },
              { value: 'plane', label: t('Grid') },
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
          {t('Draw again')}
        </Button>
        <SaveButton disabled={!pictures} onSave={() => savePictures(request)} />
      </header>
      {pictures && (
        <SheetImage
          sheet={pictures.sheet}
          label={kind === 'plane' ? t('Grid of 15 × 15 samples') : t('60 samples of seed {{seed}}', { seed })}
        />
      )}
      <p className="run-pictures__caption">
        {kind === 'plane'
          ? t('Both latent values from −1.8 to 1.8, in steps of equal probability.')
          : t('Drawn from normal noise, seed {{seed}}.', { seed })}
      </p>
    </section>
  )
}

function ReconstructionsCard({ runId }: { readonly runId: number }) {
  const [seed, setSeed] = useState(1)
  const request = { runId, kind: 'reconstructions' as const, count: 12, seed }
  const { pictures, busy } = usePictures(request)
  return (
    <section className="run-pictures" aria-label={t('Reconstructions')} aria-busy={busy}>
      <header className="run-pictures__header">
        <h3>{t('Reconstructions')}</h3>
        <Button size="small" icon={RefreshCw} busy={busy} onClick={() => setSeed(seed + 1)}>
          {t('Other images')}
        </Button>
        <SaveButton disabled={!pictures} onSave={() => savePictures(request)} />
      </header>
      {pictures && (
        <SheetImage
          sheet={pictures.sheet}
          label={t('{{count}} images and their reconstructions', { count: pictures.rows.length })}
        />
      )}
      {pictures && (
        <p className="run-pictures__caption">
          {t('Images of the test data, from top to bottom: {{levels}}.', {
            levels: listed(pictures.levels.map((level) => t(level))),
          })}
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
      label={t('Save as PNG…')}
      icon={Download}
      size="small"
      disabled={disabled}
      onClick={() => void onSave()}
    />
  )
}
