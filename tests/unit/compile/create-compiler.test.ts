import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileModel, createCompiler } from '../../../src-core/compile/compile-model.ts'
import { applyEdit, type Edit } from '../../../src-core/document/edits.ts'
import { newLayer } from '../../../src-core/document/new-elements.ts'
import { allLayerDefinitions } from '../../../src-core/layers/catalogue.ts'
import { chain, layer } from './drawings.ts'

const small = chain(
  layer('in', 'input', { shape: [4, 8, 8] }),
  layer('conv_1', 'conv2d', { filters: 4, padding: 'same' }),
  layer('conv_2', 'conv2d', { filters: 4, padding: 'same' }),
  layer('flat', 'flatten'),
  layer('dense_1', 'dense'),
  layer('out', 'output'),
)

describe('createCompiler', () => {
  it('infers again only what an edit reaches', () => {
    const compiler = createCompiler()
    const before = compiler.compile(small)
    const edit: Edit = { type: 'setParameters', layerId: 'conv_2', parameters: { kernelSize: [5, 5] } }
    const after = compiler.compile(applyEdit(small, edit).document)
    const planned = (id: string) => [
      before.plan?.layers.find((one) => one.id === id)?.weights,
      after.plan?.layers.find((one) => one.id === id)?.weights,
    ]
    const [convBefore, convAfter] = planned('conv_2')
    expect(convAfter).not.toEqual(convBefore)
    for (const id of ['in', 'conv_1', 'flat', 'dense_1', 'out']) {
      const [old, now] = planned(id)
      expect(now).toBe(old)
    }
  })

  it('gives back the same answers after an edit and its undo', () => {
    const compiler = createCompiler()
    const before = compiler.compile(small)
    const applied = applyEdit(small, { type: 'removeLayer', layerId: 'conv_2' })
    compiler.compile(applied.document)
    expect(compiler.compile(applyEdit(applied.document, applied.inverse).document)).toEqual(before)
  })

  it('always says what a compiler without memory says', () => {
    const kind = fc.constantFrom(...allLayerDefinitions.map((definition) => definition.kind), 'unknownKind')
    const pick = fc.nat(1000)
    const step = fc.record({
      what: fc.nat(9),
      kind,
      a: pick,
      b: pick,
      value: fc.integer({ min: -1, max: 6 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const compiler = createCompiler()
        let document = small
        steps.forEach(({ what, kind: added, a, b, value }, index) => {
          const at = <T>(list: readonly T[], choice: number) => list[choice % Math.max(1, list.length)]
          const [first, second] = [at(document.layers, a), at(document.layers, b)]
          const wire = at(document.connections, a)
          let edit: Edit = { type: 'addLayer', layer: newLayer(document, added, { x: 0, y: 0 }) }
          if (what < 4 && first && second) {
            const targetPort = what === 0 ? 'inputs' : 'input'
            const ends = { source: first.id, sourcePort: 'output', target: second.id, targetPort }
            edit = { type: 'connect', connection: { id: `n${index}`, ...ends } }
          } else if (what === 4 && wire) edit = { type: 'disconnect', connectionId: wire.id }
          else if (what === 5 && first) edit = { type: 'removeLayer', layerId: first.id }
          else if (what < 8 && first) {
            const parameters = { units: value, filters: value, kernelSize: [value, 2], shape: [value] }
            const known = Object.entries(parameters).filter(([name]) =>
              allLayerDefinitions.some((one) => one.kind === first.kind && name in one.parameters),
            )
            edit = { type: 'setParameters', layerId: first.id, parameters: Object.fromEntries(known) }
          } else if (what === 8 && first && second) {
            edit = { type: 'renameLayer', layerId: first.id, name: second.name }
          }
          document = applyEdit(document, edit).document
          expect(compiler.compile(document)).toEqual(compileModel(document))
        })
      }),
      { numRuns: 60 },
    )
  })

  it('offers only fixes that change something and make no new kind of error', () => {
    for (const definition of allLayerDefinitions) {
      const document = chain(layer('in', 'input', { shape: [2, 2, 2] }), layer('it', definition.kind))
      for (const { fix, code } of compileModel(document).problems) {
        if (!fix) continue
        const mended = applyEdit(document, { type: 'group', label: fix.label, edits: fix.edits }).document
        expect(mended).not.toEqual(document)
        const before = compileModel(document).problems.filter((one) => one.code === code).length
        const after = compileModel(mended).problems.filter((one) => one.code === code).length
        expect(after, `${definition.kind}: ${fix.label}`).toBeLessThan(before)
      }
    }
  })
})
