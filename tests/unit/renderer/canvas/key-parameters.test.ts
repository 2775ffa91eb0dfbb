// @vitest-environment node
import { expect, it } from 'vitest'
import type { LayerNode } from '../../../../src-core/document/model-document.ts'
import { keyParameters } from '../../../../src-renderer/canvas/key-parameters.ts'

const layer = (kind: string, parameters: LayerNode['parameters'] = {}): LayerNode => ({
  id: 'l',
  kind,
  name: 'l',
  parameters,
  position: { x: 0, y: 0 },
})

it('shows the first parameter always', () => {
  expect(keyParameters(layer('dense'))).toEqual(['units 32'])
  expect(keyParameters(layer('input'))).toEqual(['1 × 28 × 28'])
})

it('shows a formula', () => {
  expect(keyParameters(layer('expression', { formula: 'x^2 + 1' }))).toEqual(['x^2 + 1'])
})

it('shows others only where they were changed', () => {
  expect(keyParameters(layer('conv2d', { filters: 10, kernelSize: [5, 5], activation: 'relu' }))).toEqual([
    'filters 10',
    'kernel 5×5',
    'relu',
  ])
  expect(keyParameters(layer('conv2d', { strides: [1, 1] }))).toEqual(['filters 32'])
})

it('shows changed advanced parameters too', () => {
  expect(keyParameters(layer('dense', { useBias: false }))).toEqual(['units 32', 'use bias off'])
})

it('shows values that cannot be taken as they are', () => {
  expect(keyParameters(layer('dense', { units: 'many' }))).toEqual(['units many'])
})

it('has nothing to say of what is left to the app or of unknown kinds', () => {
  expect(keyParameters(layer('output'))).toEqual([])
  expect(keyParameters(layer('quantumFoam'))).toEqual([])
})

it('counts the numbers of long lists', () => {
  expect(keyParameters(layer('discretization', { binBoundaries: [0, 18.5] }))).toEqual(['boundaries 0, 18.5'])
  expect(keyParameters(layer('discretization', { binBoundaries: [0, 1, 2, 3] }))).toEqual(['boundaries of 4'])
})
