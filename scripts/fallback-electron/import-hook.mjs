// Resolution hook for `import`, the counterpart of the require() patch in substitute.cjs.
/** @type {Record<string, string>} */
let substitutes = {}

/** @param {Record<string, string>} data module names and the addresses of their substitutes */
export function initialize(data) {
  substitutes = data
}

/** @type {import('node:module').ResolveHook} */
export function resolve(specifier, context, nextResolve) {
  const url = substitutes[specifier]
  return url === undefined ? nextResolve(specifier, context) : { url, format: 'commonjs', shortCircuit: true }
}
