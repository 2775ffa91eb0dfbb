import { Database, FileType, FileUp, Plus, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { DatasetInfo } from '../../../src-core/datasets/dataset-spec.ts'
import { t } from '../../../src-core/language/t.ts'
import { findDataset, useDatasets } from '../../state/dataset-store.ts'
import { dispatch, useProject } from '../../state/project-store.ts'
import { shippedSamples } from '../../state/provide-samples.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatBytes } from '../../ui/format.ts'
import { DatasetColumns } from './dataset-columns.tsx'
import { DatasetSamples } from './dataset-samples.tsx'
import { ImportTextDialog } from './import-text-dialog.tsx'
import { TargetSelect } from './target-select.tsx'
import './dataset-panel.css'

/** Choosing the data a model learns from, and a look at it. */
export function DatasetPanel() {
  const { datasets, refresh } = useDatasets()
  const boundName = useProject((state) => state.document?.dataset?.name)
  const [chosenName, choose] = useState<string>()
  useEffect(() => {
    void refresh()
  }, [refresh])
  const shown = findDataset(datasets, chosenName) ?? findDataset(datasets, boundName) ?? datasets?.[0]
  return (
    <section className="dataset-panel" aria-label={t('Data')}>
      <DatasetList datasets={datasets ?? []} shown={shown} boundName={boundName} onChoose={choose} />
      {shown ? (
        <DatasetDetail key={shown.id} dataset={shown} bound={shown.name === boundName} />
      ) : (
        <EmptyState icon={Database} title={t('Bring data to learn from')}>
          {t(
            'Add one of the samples on the left, or import a CSV table, a text or IDX image files of your own.',
          )}
        </EmptyState>
      )}
    </section>
  )
}

interface DatasetListProps {
  readonly datasets: readonly DatasetInfo[]
  readonly shown: DatasetInfo | undefined
  readonly boundName: string | undefined
  readonly onChoose: (name: string) => void
}

function DatasetList({ datasets, shown, boundName, onChoose }: DatasetListProps) {
  const { importing, importFile, importText, addSample } = useDatasets()
  const [asksForText, askForText] = useState(false)
  const samples = useShippedSamples().filter((name) => !findDataset(datasets, name))
  const bring = async (bringing: Promise<DatasetInfo | undefined>) => {
    const { project } = useProject.getState()
    const dataset = await bringing
    // It is for the project that was shown when it was asked for.
    if (!dataset || useProject.getState().project?.id !== project?.id) return
    onChoose(dataset.name)
    if (!useProject.getState().document?.dataset) bindDataset(dataset)
  }
  return (
    <div className="dataset-list">
      <div className="dataset-list__actions">
        <Button
          icon={FileUp}
          size="small"
          busy={importing === 'file'}
          title={t("A CSV table, a text, or the images file of an IDX pair such as MNIST's")}
          onClick={() => void bring(importFile())}
        >
          {t('Import file…')}
        </Button>
        <Button
          icon={FileType}
          size="small"
          busy={importing === 'text'}
          title={t('A plain text, in windows of characters to predict')}
          onClick={() => askForText(true)}
        >
          {t('Import text…')}
        </Button>
        <ImportTextDialog
          open={asksForText}
          onClose={() => askForText(false)}
          onChoose={(choices) => {
            askForText(false)
            void bring(importText(choices))
          }}
        />
      </div>
      <ul aria-label={t('Datasets')}>
        {datasets.map((dataset) => (
          <li key={dataset.id}>
            <button
              type="button"
              className={classNames('dataset-list__row', dataset === shown && 'dataset-list__row--shown')}
              aria-current={dataset === shown || undefined}
              onClick={() => onChoose(dataset.name)}
            >
              <span className="truncate">{dataset.name}</span>
              {dataset.name === boundName && <Badge tone="accent">{t('in use')}</Badge>}
              <span className="dataset-list__rows">{rowsText(dataset)}</span>
            </button>
          </li>
        ))}
        {samples.map((name) => (
          <li key={name}>
            <button
              type="button"
              className="dataset-list__row"
              disabled={importing !== null}
              onClick={() => void bring(addSample(name))}
            >
              <Plus size={14} aria-hidden />
              <span className="truncate">{name}</span>
              <span className="dataset-list__rows">{importing === name ? t('adding…') : t('sample')}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function DatasetDetail({ dataset, bound }: { readonly dataset: DatasetInfo; readonly bound: boolean }) {
  const hasDocument = useProject((state) => state.document !== null)
  const hasWideRows = dataset.columns.some(({ type }) => type === 'image' || type === 'tokens')
  return (
    <div className="dataset-detail">
      <header className="dataset-detail__header">
        <h3 className="truncate">{dataset.name}</h3>
        <span className="dataset-detail__facts">
          {[
            rowsText(dataset),
            t('{{count, number}} columns', { count: dataset.columns.length }),
            formatBytes(dataset.bytes),
          ].join(' · ')}
        </span>
        {bound ? (
          <TargetSelect dataset={dataset} />
        ) : (
          hasDocument && (
            <Button variant="primary" size="small" onClick={() => bindDataset(dataset)}>
              {t('Use in this model')}
            </Button>
          )
        )}
        <RemoveDataset dataset={dataset} />
      </header>
      <div className={classNames('dataset-detail__body', hasWideRows && 'dataset-detail__body--wide-rows')}>
        <DatasetColumns dataset={dataset} />
        <DatasetSamples dataset={dataset} />
      </div>
    </div>
  )
}

function RemoveDataset({ dataset }: { readonly dataset: DatasetInfo }) {
  const remove = useDatasets((state) => state.remove)
  const [asking, ask] = useState(false)
  return (
    <>
      <IconButton
        label={t('Remove {{name}}', { name: dataset.name })}
        icon={Trash2}
        size="small"
        onClick={() => ask(true)}
      />
      <ConfirmDialog
        open={asking}
        title={t('Remove “{{name}}” from the workspace?', { name: dataset.name })}
        description={t(
          'The file it came from stays where it is, and so do runs that were trained on it. To train on it again, import it again.',
        )}
        confirmLabel={t('Remove dataset')}
        danger
        onCancel={() => ask(false)}
        onConfirm={() => {
          ask(false)
          void remove(dataset.id)
        }}
      />
    </>
  )
}

function rowsText({ rows }: DatasetInfo): string {
  return t('{{count, number}} rows', { count: rows })
}

/** Binds the open model to a dataset; columns are bound by themselves until somebody chooses. */
function bindDataset(dataset: DatasetInfo): void {
  const binding = { name: dataset.name, inputs: {}, targets: {} }
  dispatch(
    { type: 'setDataset', dataset: binding },
    {
      label: t('Use dataset {{name}}', { name: dataset.name }),
    },
  )
}

function useShippedSamples(): readonly string[] {
  const [names, setNames] = useState<readonly string[]>([])
  useEffect(() => void shippedSamples().then(setNames), [])
  return names
}
