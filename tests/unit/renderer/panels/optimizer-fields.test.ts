import { describe, expect, it } from 'vitest'
import { optimizerKinds, optimizerSchema } from '../../../../src-core/training/run-config.ts'
import {
  optimizerFields,
  optimizerLabels,
  optimizerSwitches,
} from '../../../../src-renderer/panels/training/optimizer-fields.ts'

describe('the optimizer’s part of the form', () => {
  it.each(optimizerKinds)('has a control for every field of %s', (kind) => {
    const optimizer = optimizerSchema.parse({ kind })
    const keys = [...optimizerFields(optimizer), ...optimizerSwitches(optimizer)].map(({ key }) => key)
    const fields = Object.keys(optimizer).filter((key) => key !== 'kind')
    expect(keys).toEqual(expect.arrayContaining(fields))
    expect(keys).toContain('weightDecay')
    expect(optimizerLabels[kind]).not.toBe('')
  })

  it.each(optimizerKinds)('shows values of %s that the document may hold', (kind) => {
    const optimizer = optimizerSchema.parse({ kind })
    const values = [...optimizerFields(optimizer), ...optimizerSwitches(optimizer)]
    const shown = Object.fromEntries(values.map(({ key, value }) => [key, value]))
    expect(optimizerSchema.parse({ kind, ...shown })).toMatchObject(shown)
  })
})
