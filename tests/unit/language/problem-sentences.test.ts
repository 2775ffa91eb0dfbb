import { describe, expect, test } from 'vitest'
import { compileModel } from '../../../src-core/compile/compile-model.ts'
import { checkDataset } from '../../../src-core/compile/dataset-binding.ts'
import type { DatasetInfo } from '../../../src-core/datasets/dataset-spec.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { parseDocument } from '../../../src-core/document/parse.ts'
import { SentenceTranslator } from '../../../src-core/language/sentence.ts'
import { chineseSentences } from '../../../src-core/language/zh-CN/index.ts'
import { type AnyLayerDefinition, allLayerDefinitions } from '../../../src-core/layers/catalogue.ts'
import { type Problem, problemFixes } from '../../../src-core/problems.ts'
import { memoryWarning, withMemoryAdvice } from '../../../src-core/training/memory/memory-report.ts'
import { trainingSettingsSchema } from '../../../src-core/training/run-config.ts'
import { checkTraining } from '../../../src-core/training/schedules/check-training.ts'
import {
  earlyStoppingSchema,
  earlyStoppingText,
} from '../../../src-core/training/schedules/early-stopping.ts'
import { problemOf } from '../../../src-main/engine/outside-problems.ts'
import { DivergenceGuard } from '../../../src-main/engine/process/divergence-guard.ts'
import { smallGan, withRecipe } from '../../support/gan.ts'
import { drawing, layer } from '../compile/drawings.ts'
import { wrongDocuments } from '../compile/wrong-documents.ts'
import { badValues, trialShapes } from '../layers/trials.ts'

const translator = new SentenceTranslator(chineseSentences)

/** Kinds, labels and values of layers stay Latin; labels of parameters are translated with the catalogue. */
const catalogueWords = wordsOf(
  allLayerDefinitions.map(({ kind, label, inputs, outputs, parameters }) => ({
    kind,
    label,
    inputs,
    outputs,
    parameters,
  })),
)
const technical = wordsOf(
  'CTC GAN LayerLoom adversarial auto linear none float16 float32 JSON real generated true false GB MB MNIST iris wasserstein cutMix mixup sigmoid softmax relu GlobalAveragePooling1D Dense Reshape alpha version format layerloom model',
)

function wordsOf(value: unknown): ReadonlySet<string> {
  return new Set(JSON.stringify(value).match(/[\p{Script=Latin}_]+\d*/gu))
}

/** What of a problem is said in English in spite of all: sentences without template, and words that are no names. */
function english(problem: Problem, ...named: readonly unknown[]): string[] {
  const { message, hint } = problem
  const sentences = [
    message,
    ...(hint === undefined ? [] : [hint]),
    ...problemFixes(problem).map(({ label }) => label),
  ]
  return sentences.flatMap((text) => untranslated(text, ...named))
}

function untranslated(text: string, ...named: readonly unknown[]): string[] {
  const said = translator.find(text)
  if (said === undefined) return [`no template: ${text}`]
  const names = wordsOf(named)
  const left = said
    .replaceAll(/“[^”]*”|"[^"]*(?:"|…)/g, '')
    .match(/[\p{Script=Latin}_]{2,}\d*/gu)
    ?.filter((word) => !names.has(word) && !catalogueWords.has(word) && !technical.has(word))
  return left && left.length > 0 ? [`${left.join()}: ${said}`] : []
}

/** What the designer shows for a document. */
function problemsOf(document: ModelDocument, data?: DatasetInfo): readonly Problem[] {
  const { plan, problems } = compileModel(document)
  if (!plan || !data) return problems
  const { normalization, classWeights } = document.training
  return [...problems, ...checkDataset(plan, document.dataset, data, normalization, classWeights)]
}

/** The layer with every input wired to input layers of a shape. */
function alone(
  definition: AnyLayerDefinition,
  parameters: Record<string, unknown>,
  shape: readonly number[],
): ModelDocument {
  const sources = definition.inputs.flatMap(({ minimum = 1 }, port) =>
    Array.from({ length: minimum }, (_, at) => layer(`source_${port}_${at}`, 'input', { shape: [...shape] })),
  )
  const made = drawing(
    [
      ...sources,
      layer('tried', definition.kind, parameters as ModelDocument['layers'][number]['parameters']),
      layer('output_1', 'output'),
    ],
    [...sources.map(({ id }) => `${id} > tried`), 'tried > output_1'],
  )
  const ports = definition.inputs.flatMap(({ name, minimum = 1 }) =>
    Array.from({ length: minimum }, () => name),
  )
  return {
    ...made,
    connections: made.connections.map((wire, at) => ({ ...wire, targetPort: ports[at] ?? wire.targetPort })),
  }
}

describe('in Simplified Chinese', () => {
  test.each(
    Object.values(wrongDocuments)
      .flat()
      .map((wrong) => [wrong.title, wrong] as const),
  )('%s', (_, { document, data, refusal }) => {
    const problems = refusal ? refusal(document) : problemsOf(document, data)
    expect(problems.length).toBeGreaterThan(0)
    expect(problems.flatMap((problem) => english(problem, document, data, 'head_1'))).toEqual([])
  })

  test.each(allLayerDefinitions.map((definition) => [definition.label, definition] as const))(
    '%s, with shapes and values that it refuses',
    (_, definition) => {
      const bad = Object.entries(definition.parameters).flatMap(([name, field]) =>
        badValues(field).map((value) => ({ [name]: value })),
      )
      const documents = [
        ...trialShapes.map((shape) => alone(definition, {}, shape)),
        ...bad.map((parameters) => alone(definition, parameters, trialShapes[2] ?? [])),
        alone(definition, { ofTheFuture: 3 }, [4]),
      ]
      const problems = documents.flatMap((document) =>
        problemsOf(document).map((problem) => english(problem, document)),
      )
      expect(problems.length).toBeGreaterThan(0)
      expect([...new Set(problems.flat())]).toEqual([])
    },
  )

  test('training settings', () => {
    const monitor = { part: 'validation', metric: 'loss' }
    const noValidation = { split: { train: 0.9, validation: 0, test: 0.1 } }
    const epochs = (count: number) => ({ unit: 'epochs', count })
    const problems = [
      { warmUp: { length: { unit: 'steps', count: 300 } } },
      { warmUp: { length: epochs(10) } },
      { schedule: { kind: 'polynomial', endLearningRate: 1 } },
      { schedule: { kind: 'step', every: epochs(20) } },
      { schedule: { kind: 'reduceOnPlateau', minLearningRate: 1, patience: 20, monitor }, ...noValidation },
      { earlyStopping: { patience: 20, monitor }, ...noValidation },
      { earlyStopping: { monitor: { part: 'train', metric: 'recall' } } },
      { recipe: { kind: 'contrastive' }, batchSize: 1, classWeights: 'balanced', mixing: {} },
      { recipe: { kind: 'adversarial' }, gradientAccumulationSteps: 2, precision: 'mixed16' },
    ].map((settings) => {
      const found = checkTraining(trainingSettingsSchema.parse({ epochs: 10, ...settings }), {
        stepsPerEpoch: 30,
        metrics: ['loss', 'accuracy'],
      })
      expect(found.length).toBeGreaterThan(0)
      return found.flatMap((problem) => english(problem, settings, ['accuracy', 'loss']))
    })
    expect(problems.flat()).toEqual([])
    const split = { train: 0.8, validation: 0.3, test: 0.1, stratify: true }
    const found = checkTraining({ ...trainingSettingsSchema.parse({}), split }, {})
    expect(found).toHaveLength(1)
    expect(found.flatMap((problem) => english(problem, split))).toEqual([])
  })

  test('recipes', () => {
    const documents = [
      withRecipe(
        smallGan.filter(([, kind]) => kind !== 'noise'),
        { kind: 'adversarial' },
      ),
      withRecipe(
        smallGan.filter(([, kind]) => kind !== 'adversarialPair'),
        { kind: 'adversarial' },
      ),
      withRecipe(smallGan, { kind: 'contrastive' }),
    ]
    const said = documents.flatMap((document) =>
      problemsOf(document).map((problem) => english(problem, document)),
    )
    expect(said.length).toBeGreaterThan(2)
    expect(said.flat()).toEqual([])
  })

  test('files that are no documents', () => {
    const start = '{"format": "layerloom-model", "version": 1, "name": "x"'
    const texts = [
      '',
      '{',
      '{}',
      'hello',
      `${start}, "layers": 3}`,
      `${start}, "more": 1, "layers": [], "connections": []}`,
      '{"format": "layerloom-model", "version": 99}',
      '{"format": "layerloom-model", "version": "1"}',
    ]
    const said = texts.flatMap((text) => {
      const parsed = parseDocument(text)
      return parsed.ok
        ? []
        : parsed.problems.map(({ message, hint = '' }) => [message, ...(hint === '' ? [] : [hint])])
    })
    expect(said.length).toBeGreaterThanOrEqual(texts.length)
    expect(said.flat().filter((text) => translator.find(text) === undefined)).toEqual([])
  })

  test('what a training says', () => {
    const training = trainingSettingsSchema.parse({})
    const report = { batchSize: 128, needed: 3e9, available: 1e9, fittingBatchSize: 16 }
    const memory = problemOf('memory', 'at step 12', '2 GB more could not be had')
    const guard = new DivergenceGuard(0.1)
    const problems = [
      memoryWarning(report, training),
      withMemoryAdvice(memory, report, training),
      memory,
      problemOf('memory', 'and the engine process ended', 'signal SIGKILL'),
      problemOf('device', 'before the first step', ''),
      guard.check(Number.NaN, 1),
      guard.check(Number.POSITIVE_INFINITY, 3),
      guard.checkFinite([Number.NaN], 'A metric of the validation part', 9),
      guard.checkFinite([Number.NaN], 'The weight dense_1.kernel', 9),
    ]
    expect(
      problems.flatMap((problem) => (problem ? english(problem, 'NaN SIGKILL dense_1 kernel') : ['none'])),
    ).toEqual([])
    const monitor = { part: 'validation', metric: 'loss' } as const
    const stopping = [0, 0.01].map((minDelta) =>
      earlyStoppingText(earlyStoppingSchema.parse({ monitor, minDelta, patience: 3 }), {
        best: 0.5,
        bestEpoch: 4,
        wait: 3,
        isOver: true,
      }),
    )
    expect(stopping.flatMap((text) => untranslated(text, 'Top'))).toEqual([])
  })
})
