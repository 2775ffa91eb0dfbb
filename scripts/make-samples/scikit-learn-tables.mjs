// scikit-learn's tables begin with "rows,columns,class,class,..." and end each row with the class number; here they
// get a header and the names of the classes.
const irisColumns = ['sepal length', 'sepal width', 'petal length', 'petal width']

const cellMeasures = [
  'radius',
  'texture',
  'perimeter',
  'area',
  'smoothness',
  'compactness',
  'concavity',
  'concave points',
  'symmetry',
  'fractal dimension',
]
const breastCancerColumns = [
  ...cellMeasures.map((name) => `mean ${name}`),
  ...cellMeasures.map((name) => `${name} error`),
  ...cellMeasures.map((name) => `worst ${name}`),
]

export function irisTable(text) {
  return namedTable(text, irisColumns, 'species')
}

export function breastCancerTable(text) {
  return namedTable(text, breastCancerColumns, 'diagnosis')
}

function namedTable(text, columns, target) {
  const [header, ...rows] = text.trim().split(/\r?\n/)
  const [rowCount, columnCount, ...classes] = header.split(',')
  if (Number(rowCount) !== rows.length || Number(columnCount) !== columns.length) {
    throw new Error(
      `expected ${rowCount} rows of ${columnCount} columns, got ${rows.length} and ${columns.length}`,
    )
  }
  const lines = rows.map((row) => {
    const fields = row.split(',')
    return [...fields.slice(0, -1), classes[Number(fields.at(-1))]].join(',')
  })
  return `${[...columns, target].join(',')}\n${lines.join('\n')}\n`
}
