import { describe, expect, it } from 'vitest'
import { inferred, runLayer, shaped } from './run-layer.ts'

/** Three steps of one feature. */
const steps = { shape: [3, 1], data: Float32Array.of(1, 2, 3) }

async function values(
  kind: string,
  input: { readonly shape: readonly number[]; readonly data: Float32Array },
  parameters: Record<string, unknown> = {},
) {
  return [...(await runLayer(kind, { inputs: [input], parameters, batchSize: 1 })).data]
}

describe('the border of a sequence', () => {
  it('is zeros, or a mirror image without the outermost step', async () => {
    expect(await values('zeroPadding1d', steps, { padding: [1, 2] })).toEqual([0, 1, 2, 3, 0, 0])
    expect(await values('reflectionPadding1d', steps, { padding: [2, 1] })).toEqual([3, 2, 1, 2, 3, 2])
  })

  it('is cut off', async () => {
    expect(await values('cropping1d', steps, { cropping: [1, 0] })).toEqual([2, 3])
    expect(inferred('cropping1d', [[3, 1]], { cropping: [2, 1] })).toMatchObject({
      code: 'shape.tooSmall',
      expected: 'expects a sequence of at least 4 steps to cut its border off',
    })
  })

  it('cannot mirror more than there is', () => {
    expect(inferred('reflectionPadding1d', [[3, 1]], { padding: [3, 0] })).toMatchObject({
      code: 'shape.tooSmall',
      expected: 'expects a sequence of at least 4 steps to mirror its border',
    })
    expect(
      inferred('reflectionPadding2d', [[1, 2, 9]], { vertical: [2, 1], horizontal: [0, 0] }),
    ).toMatchObject({
      expected: 'expects an image of at least 3 × 1 to mirror its border',
    })
  })
})

describe('replicationPadding2d', () => {
  it('repeats the outermost points', async () => {
    const image = { shape: [1, 1, 2], data: Float32Array.of(1, 2) }
    expect(await values('replicationPadding2d', image, { vertical: [0, 1], horizontal: [2, 0] })).toEqual([
      1, 1, 1, 2, 1, 1, 1, 2,
    ])
  })
})

describe('the border of a volume', () => {
  it('goes around planes, rows and columns', () => {
    const border = { depth: [1, 0], vertical: [0, 2], horizontal: [1, 1] }
    expect(inferred('zeroPadding3d', [[2, 3, 4, 5]], border)).toEqual([2, 4, 6, 7])
    expect(inferred('cropping3d', [[2, 3, 4, 5]], border)).toEqual([2, 2, 2, 3])
  })
})

describe('resizing', () => {
  const image = { shape: [1, 1, 4], data: Float32Array.of(0, 4, 8, 12) }

  it('picks the point nearest to each centre, the later one where two are as near', async () => {
    expect(await values('resizing', image, { height: 1, width: 2, interpolation: 'nearest' })).toEqual([
      4, 12,
    ])
    // Centres at 0.67, 2 and 3.33 points.
    expect(await values('resizing', image, { height: 1, width: 3, interpolation: 'nearest' })).toEqual([
      0, 8, 12,
    ])
  })

  it('blends neighbours', async () => {
    expect(await values('resizing', image, { height: 2, width: 2 })).toEqual([2, 10, 2, 10])
    expect(shaped('resizing', [[3, 9, 9]], { height: 5, width: 4 }).flops).toBe(7 * 3 * 5 * 4)
  })
})

describe('pixelShuffle and spaceToDepth', () => {
  const deep = { shape: [4, 1, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8) }
  const wide = { shape: [1, 2, 4], data: Float32Array.of(1, 3, 2, 4, 5, 7, 6, 8) }

  it('lay channels out as points, and back', async () => {
    expect(await values('pixelShuffle', deep)).toEqual([...wide.data])
    expect(await values('spaceToDepth', wide)).toEqual([...deep.data])
  })

  it('refuse sizes that do not divide', () => {
    expect(inferred('pixelShuffle', [[6, 4, 4]])).toMatchObject({
      code: 'shape.mismatch',
      expected: 'expects a number of channels that 4 (its upscale factor squared) divides',
    })
    expect(inferred('spaceToDepth', [[6, 4, 5]])).toMatchObject({
      code: 'shape.mismatch',
      expected: 'expects an image whose height and width its block size 2 divides',
    })
  })
})

describe('permute', () => {
  it('refuses an order that is none', () => {
    expect(inferred('permute', [[3, 4, 5]], { dims: [3, 1, 2] })).toEqual([5, 3, 4])
    expect(inferred('permute', [[3, 4, 5]], { dims: [1, 1, 2] })).toMatchObject({
      code: 'layer.badParameter',
      parameter: 'dims',
      expected: 'expects an input whose axes its order (1, 1, 2) names once each',
      hint: 'Name each of the axes 1, 2, 3 once.',
    })
  })
})

describe('repeatVector, expandDimensions and squeeze', () => {
  it('change the axes and keep the values', async () => {
    const list = { shape: [2], data: Float32Array.of(1, 2) }
    expect(await values('repeatVector', list, { n: 3 })).toEqual([1, 2, 1, 2, 1, 2])
    expect(inferred('expandDimensions', [[28, 28]])).toEqual([1, 28, 28])
    expect(inferred('expandDimensions', [[28, 28]], { axis: -1 })).toEqual([28, 28, 1])
    expect(inferred('squeeze', [[1, 28, 28]])).toEqual([28, 28])
  })

  it('refuse what they cannot change', () => {
    expect(inferred('repeatVector', [[2, 3]])).toMatchObject({
      code: 'shape.rank',
      remedy: 'insertFlatten',
    })
    expect(inferred('squeeze', [[2, 3]])).toMatchObject({ code: 'shape.mismatch', parameter: 'axis' })
    expect(inferred('squeeze', [[1]])).toMatchObject({ code: 'shape.mismatch' })
    expect(inferred('expandDimensions', [[2]], { axis: 3 })).toMatchObject({
      code: 'layer.badParameter',
      expected: 'expects an input of at least 3 axes to add axis 3',
      hint: 'With this shape, the new axis can be 0 to 1.',
    })
  })
})

describe('slice and reverse', () => {
  it('keep a part, from either end', async () => {
    expect(await values('slice', steps, { start: 1 })).toEqual([2, 3])
    expect(await values('slice', steps, { start: -1, size: 1 })).toEqual([3])
    expect(await values('slice', steps, { size: 2, step: 2 })).toEqual([1, 3])
    expect(await values('reverse', steps)).toEqual([3, 2, 1])
  })

  it('refuse parts that are not there', () => {
    expect(inferred('slice', [[3, 1]], { start: 1, size: 2, step: 2 })).toMatchObject({
      code: 'shape.tooSmall',
      parameter: 'size',
      expected: 'expects at least 4 elements on its axis for start 1, size 2 and step 2',
    })
    expect(inferred('slice', [[3, 1]], { start: -4 })).toMatchObject({
      code: 'shape.tooSmall',
      parameter: 'start',
      expected: 'expects at least 4 elements on its axis for start -4, size -1 and step 1',
    })
    expect(inferred('slice', [[3, 1]], { size: 0 })).toMatchObject({ ownFault: true, parameter: 'size' })
    expect(inferred('reverse', [[3, 1]], { axis: 2 })).toMatchObject({
      code: 'layer.badParameter',
      expected: 'expects inputs with an axis 2',
      hint: 'These shapes have the axes 0 to 1, or −2 to −1 counted from the end.',
    })
  })
})
