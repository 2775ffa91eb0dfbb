import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { blockInputKind, blockOutputKind } from '../../../src-core/document/blocks/block-kinds.ts'
import { type LayerFace, layerFace } from '../../../src-core/document/blocks/layer-face.ts'
import { readyBlocks } from '../../../src-core/document/blocks/ready/ready-blocks.ts'
import { emptyDocument } from '../../../src-core/document/model-document.ts'
import { serialiseDocument } from '../../../src-core/document/serialise.ts'
import { allLayerDefinitions } from '../../../src-core/layers/catalogue.ts'
import { layerCategories } from '../../../src-core/layers/define-layer.ts'
import type { ParameterField } from '../../../src-core/layers/parameter-fields.ts'
import { templateCategories, templateDifficulties } from '../../../src-core/templates/template-facts.ts'
import { describeSettings } from '../../../src-core/training/describe-settings.ts'
import { lossRules } from '../../../src-core/training/losses/loss-rules.ts'
import { metricName, metricTitle } from '../../../src-core/training/metrics/metric-names.ts'
import { metricRules } from '../../../src-core/training/metrics/metric-rules.ts'
import { reportedLossTitles } from '../../../src-core/training/metrics/reported-loss-titles.ts'
import { recipeMetrics } from '../../../src-core/training/recipes/recipe-metrics.ts'
import { metricKinds, trainingSettingsSchema } from '../../../src-core/training/run-config.ts'
import { monitorSchema, monitorText } from '../../../src-core/training/schedules/monitor.ts'
import { sampleCatalogue } from '../../../src-main/datasets/sample-catalogue.ts'
import { TemplateService } from '../../../src-main/services/template-service.ts'

/** The k of top-k accuracy that an output layer begins with. */
const firstTopK = 5

/** Fields of all layers. */
export const layerFields: readonly ParameterField[] = allLayerDefinitions.flatMap(({ parameters }) =>
  Object.values(parameters),
)

/**
 * What the catalogue of layers says to people. The names of kinds (`Conv2D`), formulas, with their examples, and
 * references are the same in every language.
 */
export function layerTexts(): ReadonlySet<string> {
  const ports = [blockInputKind, blockOutputKind].map((kind): LayerFace => {
    const face = layerFace(emptyDocument('texts'), kind)
    if (face === undefined) throw new Error(`No face of ${kind}`)
    return face
  })
  const faces: readonly LayerFace[] = [...allLayerDefinitions, ...ports]
  return new Set([
    ...layerCategories,
    ...faces.flatMap(({ description, inputs, outputs }) => [
      description,
      ...[...inputs, ...outputs].map(({ label }) => label),
    ]),
    ...layerFields.flatMap(fieldTexts),
    ...readyBlocks.flatMap(({ label, description }) => [label, description]),
  ])
}

function fieldTexts(field: ParameterField): readonly string[] {
  const { label, description, unit } = field
  return [label, description, ...(unit === undefined ? [] : [unit]), ...controlTexts(field)]
}

function controlTexts(field: ParameterField): readonly string[] {
  switch (field.control) {
    case 'choice':
      return field.choices
    case 'choices':
      return [...field.choices, field.none]
    case 'integers':
      return field.labels
    default:
      return []
  }
}

/** What the tables of templates, sample datasets and training say to people. */
export async function otherTableTexts(): Promise<ReadonlySet<string>> {
  const service = new TemplateService(fileURLToPath(new URL('../../../resources/templates', import.meta.url)))
  const templates = await service.list()
  if (!templates.ok) throw new Error(templates.problems[0]?.message)
  return new Set([
    ...templateCategories,
    ...templateDifficulties,
    ...templates.value.flatMap(({ title, description, data }) => [title, description, data]),
    await dataOfNoDataset(),
    ...sampleCatalogue.flatMap(({ title, description }) => [title, description]),
    ...trainingTexts(),
  ])
}

/** What the gallery says of the data of a template that is bound to nothing; every template we ship is bound. */
async function dataOfNoDataset(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'layerloom-texts-'))
  try {
    await writeFile(path.join(folder, 'unbound.loom.json'), serialiseDocument(emptyDocument('unbound')))
    const template = await new TemplateService(folder).get('unbound')
    if (!template.ok) throw new Error(template.problems[0]?.message)
    return template.value.data
  } finally {
    await rm(folder, { recursive: true })
  }
}

function trainingTexts(): readonly string[] {
  const metrics = metricKinds.map((kind) => metricName(kind, firstTopK))
  const reported = ['loss', ...metrics, ...Object.keys(reportedLossTitles), ...Object.keys(recipeMetrics)]
  return [
    ...Object.values(lossRules).map(({ title }) => title),
    ...Object.values(metricRules).map(({ title }) => title),
    ...[...reported, 'learningRate'].map(metricTitle),
    ...monitorSchema.shape.part
      .unwrap()
      .options.flatMap((part) => reported.map((metric) => capitalised(monitorText({ part, metric })))),
    ...describeSettings(everySetting()).map(({ name }) => name),
  ]
}

/** Settings of which nothing is left at its default, so that all of them are described. */
function everySetting() {
  return trainingSettingsSchema.parse({
    schedule: { kind: 'cosine' },
    warmUp: {},
    earlyStopping: {},
    clipping: { kind: 'norm', limit: 1 },
    gradientAccumulationSteps: 2,
    excludeFromWeightDecay: true,
    weightAverage: {},
    mixing: {},
  })
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
