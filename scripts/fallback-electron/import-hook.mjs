// Resolution hook for `import`, the counterpart of the require() patch in substitute.cjs.
let substitutes = {}

export function initialize(data) {
  substitutes = data
}

export function resolve(specifier, context, nextResolve) {
  const url = substitutes[specifier]
  return url === undefined ? nextResolve(specifier, context) : { url, format: 'commonjs', shortCircuit: true }
}
