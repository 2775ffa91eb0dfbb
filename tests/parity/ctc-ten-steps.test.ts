import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { describeWithPython, runPython } from '../support/python.ts'
import { LargestDifference } from '../support/reference-interpreter/compare.ts'
import { train } from '../support/train-loop.ts'
import { ctcCases } from './support/ctc-cases.ts'
import { ctcModel, ctcQuestion } from './support/ctc-training.ts'
import { largestLossDifference, largestWeightDifference } from './support/ten-step-differences.ts'
import { steps } from './support/ten-step-model.ts'

const answerSchema = z.record(
  z.string(),
  z.object({ losses: z.array(z.number()), weights: z.record(z.string(), z.array(z.number())) }),
)

describeWithPython(`${steps} training steps with CTC against PyTorch`, () => {
  let answers: z.output<typeof answerSchema> = {}
  const differences = new LargestDifference()

  beforeAll(async () => {
    const cases = Object.fromEntries(
      Object.entries(ctcCases).map(([name, given]) => [name, ctcQuestion(given, true)]),
    )
    answers = answerSchema.parse(await runPython('tests/parity/torch-ctc.py', { input: { cases } }))
  })
  afterAll(() => {
    console.info(`${steps} steps with CTC against PyTorch: largest relative difference ${differences}`)
    differences.save(
      'ctc-ten-steps',
      `${steps} steps of SGD with momentum on connectionist temporal classification, against PyTorch (losses relative to themselves, weights to how far they moved)`,
    )
  })

  it.each(Object.entries(ctcCases))('%s', async (name, given) => {
    const theirs = answers[name]
    if (!theirs) throw new Error('PyTorch did not answer')
    const { options, step, start, batches } = ctcModel(given)
    const ours = await train(step, start, batches, { learningRate: options.optimizer.learningRate })
    const loss = largestLossDifference(
      ours.means.map((mean) => mean.loss ?? Number.NaN),
      theirs.losses,
    )
    const expected = Object.fromEntries(
      Object.entries(theirs.weights).map(([weight, values]) => [`head.${weight}`, values]),
    )
    const { difference, weight } = largestWeightDifference(ours.tensors, start, expected)
    differences.record(Math.max(loss, difference), name)
    expect(theirs.losses).toHaveLength(steps)
    expect(theirs.losses.at(-1)).toBeLessThan(theirs.losses[0] ?? 0)
    expect(loss).toBeLessThan(1e-4)
    expect(difference, weight).toBeLessThan(1e-4)
  })
})
