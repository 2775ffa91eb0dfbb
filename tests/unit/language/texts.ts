import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseAst } from 'vite'

/** A text of the sources that is said to people. */
export interface SourceText {
  /** Path from the root of the project, and line. */
  readonly where: string
  readonly text: string
  readonly counted: boolean
  /** Tells a word from the same word for something else. */
  readonly context?: string | undefined
}

export interface Node {
  readonly type: string
  readonly start: number
  readonly [key: string]: unknown
}

export const root = path.resolve(import.meta.dirname, '../../..')

/** The syntax tree of a source file, and a way to name a place in it. */
export function parseSource(file: string) {
  const source = readFileSync(path.join(root, file), 'utf8')
  const tree = parseAst(source, { lang: file.endsWith('x') ? 'tsx' : 'ts' }) as unknown as Node
  const where = (node: Node) => `${file}:${source.slice(0, node.start).split('\n').length}`
  return { tree, where }
}

/** Calls `visit` for every node with the nodes around it, the nearest last. */
export function walk(
  node: unknown,
  visit: (node: Node, around: readonly Node[]) => void,
  around: Node[] = [],
): void {
  if (Array.isArray(node)) {
    for (const child of node) walk(child, visit, around)
    return
  }
  if (!isNode(node)) return
  visit(node, around)
  around.push(node)
  for (const key of Object.keys(node)) if (key !== 'parent') walk(node[key], visit, around)
  around.pop()
}

/** The texts that a file passes to `t`, `mark` or a Trans component. */
export function translatedTexts(file: string): SourceText[] {
  const { tree, where } = parseSource(file)
  const texts: SourceText[] = []
  walk(tree, (node) => {
    if (
      node.type === 'CallExpression' &&
      isNode(node.callee) &&
      /^(t|mark)$/.test(String(node.callee.name))
    ) {
      const [first, values] = node.arguments as readonly Node[]
      const context = contextOf(values)
      for (const text of literals(first)) {
        texts.push({ where: where(node), text, counted: hasCount(values), context })
      }
    }
    if (node.type === 'JSXAttribute' && isNode(node.name) && node.name.name === 'i18nKey') {
      const text = isNode(node.value) ? node.value.value : undefined
      if (typeof text === 'string') texts.push({ where: where(node), text, counted: false })
    }
  })
  return texts
}

/** The strings that an expression can be: a literal, or either side of a choice. */
function literals(node: Node | undefined): string[] {
  if (node === undefined) return []
  if (node.type === 'Literal') return typeof node.value === 'string' ? [node.value] : []
  if (node.type === 'ConditionalExpression') {
    return [...literals(node.consequent as Node), ...literals(node.alternate as Node)]
  }
  if (node.type === 'TemplateLiteral') {
    const quasis = node.quasis as readonly { readonly value: { readonly cooked: string } }[]
    if (quasis.length === 1) return quasis.map((quasi) => quasi.value.cooked)
    throw new Error('t takes a plain text with places, not a template literal')
  }
  return []
}

function hasCount(values: Node | undefined): boolean {
  return propertyOf(values, 'count') !== undefined
}

/** What `t` is given among the values, `mark` by itself. */
function contextOf(values: Node | undefined): string | undefined {
  return literals(propertyOf(values, 'context') ?? values)[0]
}

function propertyOf(values: Node | undefined, name: string): Node | undefined {
  const properties = values?.type === 'ObjectExpression' ? (values.properties as readonly Node[]) : []
  const found = properties.find((property) => isNode(property.key) && property.key.name === name)
  return isNode(found?.value) ? found.value : undefined
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
}

/** Attributes whose strings no person reads. */
const silentAttributes =
  /^(className|id|key|type|name|role|htmlFor|data-.*|side|align|variant|size|tone|kind|as|direction|orientation|position|collisionBoundary|autoComplete|inputMode|href|rel|target|d|viewBox|fill|stroke.*|transform|preserveAspectRatio|i18nKey|autoSaveId|value|defaultValue|step|part|xmlns|maskUnits|aria-live|aria-hidden|aria-labelledby|aria-haspopup|aria-sort|aria-current|aria-autocomplete|aria-orientation|tag|format|scope|syncKey|layout|color|onlyRenderVisibleElements|groupResizeBehavior|\w+ClassName|dominantBaseline|textAnchor|activationMode|swipeDirection)$/

/** Properties of objects whose strings people read. */
const spokenProperties =
  /^(title|label|message|hint|description|placeholder|text|name|caption|heading|tip|empty|note|detail|summary|reason|explanation|action|unit)$/

/**
 * Texts in a file of the window that are said without `t` or `mark`: text between tags, attributes and properties that
 * people read.
 */
export function untranslatedTexts(file: string): SourceText[] {
  const { tree, where } = parseSource(file)
  const texts: SourceText[] = []
  const add = (node: Node, text: unknown) => {
    if (typeof text === 'string' && /\p{L}{2}/u.test(text))
      texts.push({ where: where(node), text: text.trim(), counted: false })
  }
  walk(tree, (node, around) => {
    const above = around.at(-1)
    if (node.type === 'JSXText') add(node, node.value)
    if (node.type === 'JSXAttribute' && isNode(node.name) && isNode(node.value)) {
      if (!silentAttributes.test(String(node.name.name))) add(node, node.value.value)
    }
    if (node.type === 'Property' && isNode(node.key) && isNode(node.value)) {
      if (spokenProperties.test(String(node.key.name)) && /\s|^[A-Z]/.test(String(node.value.value ?? ''))) {
        add(node, node.value.value)
      }
    }
    // A string or template in braces among children or in a spoken attribute, also as one side of a choice.
    if ((node.type === 'Literal' || node.type === 'TemplateElement') && isSaid(around)) {
      const value = node.type === 'Literal' ? node.value : (node.value as { cooked?: string }).cooked
      if (above?.type !== 'JSXAttribute' && /\s\p{L}|\p{L}\s|^\p{Lu}\p{Ll}/u.test(String(value ?? '')))
        add(node, value)
    }
  })
  return texts
}

/** Whether what stands here is shown by the JSX around it: no call and no function in between. */
function isSaid(around: readonly Node[]): boolean {
  for (const node of around.toReversed()) {
    if (/^(ConditionalExpression|LogicalExpression|TemplateLiteral|ParenthesizedExpression)$/.test(node.type))
      continue
    if (node.type !== 'JSXExpressionContainer') return false
    const holder = around[around.indexOf(node) - 1]
    if (holder?.type !== 'JSXAttribute') return true
    return isNode(holder.name) && !silentAttributes.test(String(holder.name.name))
  }
  return false
}
