// Every way in which a TypeScript file can refer to another module.
import { parseSync } from 'vite'

/**
 * @typedef {object} ModuleReference
 * @property {string} specifier what stands between the quotes
 * @property {string[]} names the imported names; `*` for the whole module, in whatever way
 * @property {number} line
 */

/** @typedef {{ type: string, start: number, [key: string]: unknown }} SyntaxNode */

/**
 * Finds static and dynamic imports, re-exports, `import type`, `import('x').T` in types, `import x = require('x')`
 * and `require('x')`. Only references with a literal specifier are seen.
 * @param {string} file decides by its ending whether JSX is allowed
 * @param {string} source
 * @returns {ModuleReference[]} in the order of the text
 * @throws if the file does not parse
 */
export function readImports(file, source) {
  const { program, errors } = parseSync(file, source)
  if (errors.length > 0) throw new Error(`${file} does not parse: ${errors[0]?.message}`)
  /** @type {ModuleReference[]} */
  const references = []
  visit(program, (node) => {
    const found = referenceOf(node)
    if (found) references.push({ ...found, line: source.slice(0, node.start).split('\n').length })
  })
  return references
}

/**
 * @param {unknown} value
 * @param {(node: SyntaxNode) => void} see
 */
function visit(value, see) {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, see)
  } else if (isNode(value)) {
    see(value)
    for (const child of Object.values(value)) visit(child, see)
  }
}

/**
 * @param {unknown} value
 * @returns {value is SyntaxNode}
 */
const isNode = (value) =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

/**
 * @param {SyntaxNode} node
 * @returns {{ specifier: string, names: string[] } | undefined}
 */
function referenceOf(node) {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
      return literal(node.source, namesOf(node.specifiers))
    case 'ExportAllDeclaration':
    case 'ImportExpression':
      return literal(node.source, ['*'])
    case 'TSImportType':
      return literal(node.source, isNode(node.qualifier) ? [String(node.qualifier.name ?? '*')] : ['*'])
    case 'TSExternalModuleReference':
      return literal(node.expression, ['*'])
    case 'CallExpression':
      return isRequire(node.callee) && Array.isArray(node.arguments)
        ? literal(node.arguments[0], ['*'])
        : undefined
    default:
      return undefined
  }
}

/**
 * @param {unknown} node
 * @param {string[]} names
 */
function literal(node, names) {
  if (!isNode(node)) return undefined
  if (node.type === 'Literal' && typeof node.value === 'string') return { specifier: node.value, names }
  // `text` without a placeholder is as good as a literal.
  if (node.type !== 'TemplateLiteral' || !Array.isArray(node.quasis) || node.quasis.length !== 1)
    return undefined
  return { specifier: String(node.quasis[0].value.cooked), names }
}

/** @param {unknown} specifiers */
function namesOf(specifiers) {
  if (!Array.isArray(specifiers)) return []
  return specifiers.map((specifier) => {
    if (specifier.type === 'ImportSpecifier') return nameOf(specifier.imported)
    if (specifier.type === 'ExportSpecifier') return nameOf(specifier.local)
    return '*'
  })
}

/** @param {SyntaxNode} node an identifier, or the string literal that may stand for one */
const nameOf = (node) => String(node.name ?? node.value)

/**
 * `require`, whatever createRequire() was assigned to if it is called something like it, and
 * `createRequire(import.meta.url)('x')`.
 * @param {unknown} callee
 * @returns {boolean}
 */
const isRequire = (callee) => {
  if (!isNode(callee)) return false
  return callee.type === 'CallExpression' ? isRequire(callee.callee) : /require/i.test(String(callee.name))
}
