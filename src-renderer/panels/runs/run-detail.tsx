import { Download, GitCompare, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { RunDetail, RunSummary } from '../../../src-core/ipc/contract.ts'
import { sentence } from '../../../src-core/language/sentence.ts'
import { mark, t } from '../../../src-core/language/t.ts'
import { describeSettings } from '../../../src-core/training/describe-settings.ts'
import { call } from '../../bridge/call.ts'
import { askCompare } from '../../state/compare-store.ts'
import { isActive } from '../../state/live-run.ts'
import { useRuns } from '../../state/run-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { formatDuration, formatMetric, formatShort } from '../../ui/format.ts'
import { listed } from '../../ui/listed.ts'
import { Facts } from '../../ui/panel.tsx'
import { notify, notifyProblems } from '../../ui/toast-store.ts'
import { GenerateTextButton } from '../text/generate-text-button.tsx'
import { metricPhrase, metricText } from '../training/metric-text.ts'
import { optimizerLabels } from '../training/optimizer-fields.ts'
import { ProblemList } from '../training/problem-list.tsx'
import { ResumeButtons, shownProblem } from '../training/resume-buttons.tsx'
import { RunCurves } from '../training/run-curves.tsx'
import { RunLog } from '../training/run-log.tsx'
import { scheduleLabel } from '../training/schedule-fields.ts'
import { settingPhrases } from '../training/setting-phrases.ts'
import { useRunDetail } from '../training/use-run-detail.ts'
import { RunPictures } from './run-pictures.tsx'

/** One run: its curves, settings, results, and what can be done with it. */
export function RunDetailView({ run }: { readonly run: RunSummary }) {
  const detail = useRunDetail(run)
  const live = useRuns((state) => state.live[run.id])
  const source = live && isActive(live.status) ? live : detail
  return (
    <div className="run-detail">
      <RunActions run={run} detail={detail} />
      <div className="run-detail__body">
        <div className="run-detail__curves">
          {run.problem && (
            <ProblemList title={t('What happened')} problems={[shownProblem(run.status, run.problem)]} />
          )}
          {detail && <RunPictures detail={detail} />}
          {source && <RunCurves source={source} />}
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be scrolled by keyboard, too */}
        <section className="run-detail__facts" aria-label={t('Facts')} tabIndex={0}>
          <Facts facts={[...resultFacts(run), ...(detail ? settingFacts(detail) : [])]} />
          {detail && <SettingList settings={detail.settings} />}
          {detail && <RunLog logs={detail.logs} />}
          {detail && (
            <div className="run-detail__machine">
              <Facts facts={machineFacts(detail)} />
            </div>
          )}
        </section>
      </div>
    </div>
  )
}

/** What is switched on besides, each under its name: lines are too long to stand beside it. */
function SettingList({ settings }: Pick<RunDetail, 'settings'>) {
  const facts = describeSettings(settings, settingPhrases)
  if (facts.length === 0) return null
  return (
    <dl className="run-detail__settings" aria-label={t('Settings')}>
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function RunActions({ run, detail }: { readonly run: RunSummary; readonly detail: RunDetail | null }) {
  const { remove } = useRuns()
  const [asking, ask] = useState(false)
  const active = isActive(run.status)
  const canResume = !active && run.status !== 'finished' && detail?.hasWeights === true
  return (
    <header className="run-detail__header">
      <h3 className="truncate">{run.name || t('Run {{id}}', { id: run.id })}</h3>
      {canResume && (
        <ResumeButtons runId={run.id} status={run.status} problem={run.problem} label={t('Resume')} />
      )}
      {detail && (
        <Button
          size="small"
          icon={GitCompare}
          onClick={() => askCompare({ title: t('Run {{id}}', { id: run.id }), document: detail.document })}
        >
          {t('Compare…')}
        </Button>
      )}
      <GenerateTextButton runId={run.id} />
      <Button
        size="small"
        icon={Download}
        disabled={detail?.hasWeights !== true}
        onClick={() => void saveModel(run.id)}
      >
        {t('Save ONNX…')}
      </Button>
      <IconButton
        label={t('Delete run {{id}}', { id: run.id })}
        icon={Trash2}
        size="small"
        disabled={active}
        onClick={() => ask(true)}
      />
      <ConfirmDialog
        open={asking}
        title={t('Delete run {{id}}?', { id: run.id })}
        description={t('Its curves, weights and logs are removed. This cannot be undone.')}
        confirmLabel={t('Delete run')}
        danger
        onCancel={() => ask(false)}
        onConfirm={() => {
          ask(false)
          void remove(run.id)
        }}
      />
    </header>
  )
}

async function saveModel(runId: number): Promise<void> {
  const answer = await call('exports.saveModel', { runId, format: 'onnx' })
  if (!answer.ok) return notifyProblems(answer.problems)
  if (!answer.value) return
  const { filePath, largestDifference } = answer.value
  const detail =
    largestDifference === null
      ? t('{{filePath}}.', { filePath })
      : t(
          "{{filePath}}. Run by ONNX Runtime it gives the app's predictions; largest difference {{difference}}.",
          { filePath, difference: largestDifference.toExponential(1) },
        )
  notify({ tone: 'success', title: t('Model saved'), detail })
}

function resultFacts(run: RunSummary) {
  const values = (title: string, metrics: Readonly<Record<string, number>> | null) =>
    Object.entries(metrics ?? {}).map(([name, value]) => ({
      name: t(title, { metric: metricPhrase(name) }),
      value: metricText(name, value),
    }))
  return [
    ...values(mark('Test {{metric}}'), run.test),
    ...values(mark('Validation {{metric}}'), run.validation),
    ...values(mark('Training {{metric}}'), run.train),
  ]
}

function settingFacts({ run, settings }: RunDetail) {
  const { optimizer } = settings
  return [
    { name: t('Optimizer'), value: t(optimizerLabels[optimizer.kind]) },
    { name: t('Learning rate'), value: formatMetric(optimizer.learningRate) },
    ...(settings.schedule.kind === 'constant'
      ? []
      : [{ name: t('Schedule'), value: scheduleLabel(settings.schedule.kind) }]),
    { name: t('Batch size'), value: String(settings.batchSize) },
    { name: t('Seed'), value: String(settings.seed) },
    ...classWeightFacts(settings.classWeights),
    ...(run.samplesPerSecond === null
      ? []
      : [{ name: t('Samples per second'), value: formatShort(run.samplesPerSecond) }]),
    ...(run.seconds === null ? [] : [{ name: t('Time'), value: formatDuration(run.seconds) }]),
    { name: t('Document'), value: <code title={run.documentHash}>{run.documentHash.slice(0, 10)}</code> },
  ]
}

function classWeightFacts(weights: RunDetail['settings']['classWeights']) {
  if (weights === undefined || weights === 'none') return []
  const entries =
    typeof weights === 'string' ? [t(weights)] : Object.entries(weights).map((entry) => entry.join(' '))
  return [{ name: t('Class weights'), value: listed(entries) }]
}

function machineFacts({ run, environment }: RunDetail) {
  return [
    { name: t('Device'), value: sentence(run.device) },
    { name: t('Engine'), value: run.engine },
    ...Object.entries(environment).map(([name, value]) => ({ name: t(name), value: sentence(value) })),
  ]
}
