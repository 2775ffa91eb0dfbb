import { globSync } from 'node:fs'
import { catalogueFiles, refusalProperties, silentFiles, silentProperties, silentTexts } from './silent.ts'
import { isNode, type Node, parseSource, root, walk } from './texts.ts'

/** A sentence or phrase that the core or main says, with `{0}`, `{1}` for what is filled in. */
export interface SpokenTemplate {
  /** Path from the root of the project, and line. */
  readonly where: string
  readonly template: string
}

/** The sources whose sentences people meet in the window. */
export const speakingFiles = globSync('{src-core,src-main}/**/*.ts', { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !silentFiles.some(({ files }) => files.test(file)))
  .toSorted()

/** Stands for what is filled in until the places of a template are counted. */
const place = '\u0000'

/**
 * The templates in a file: every string that reads like words, but for code, keys and texts that are translated
 * elsewhere. What a literal has inside by choice (`${count === 1 ? 'wire' : 'wires'}`) gives a template for each case.
 */
export function spokenTemplates(file: string): SpokenTemplate[] {
  const { tree, where } = parseSource(file)
  const scopes = scopesOf(tree)
  const texts: { readonly node: Node; readonly lookUp: LookUp }[] = []
  const partial = new Set<unknown>()
  walk(tree, (node, around) => {
    if (!isText(node) || isSilent(file, node, around)) return
    const lookUp = lookUpFrom(scopes, around)
    texts.push({ node, lookUp })
    for (const each of choicesIn(node, lookUp)) partial.add(each)
  })
  return texts.flatMap(({ node, lookUp }) =>
    partial.has(node)
      ? []
      : variants(node, lookUp)
          .map(numbered)
          .filter(
            (template) => readsLikeWords(template) && !silentTexts.some(({ texts }) => texts.test(template)),
          )
          .map((template) => ({ where: where(node), template })),
  )
}

/** The text or choice of texts that a name stands for where it is used. */
type LookUp = (name: string) => Node | undefined

/** What each function, and the file, declares: constants that are texts used in templates only, and other names. */
type Scopes = ReadonlyMap<Node, ReadonlyMap<string, Node | undefined>>

function scopesOf(tree: Node): Scopes {
  const scopes = new Map<Node, Map<string, Node | undefined>>()
  const declare = (around: readonly Node[], name: unknown, value?: Node) => {
    const scope = around.findLast(isScope)
    if (!scope || typeof name !== 'string') return
    const names = scopes.get(scope) ?? new Map<string, Node | undefined>()
    scopes.set(scope, names.set(name, names.has(name) ? undefined : value))
  }
  const spread = new Set<string>()
  walk(tree, (node, around) => {
    if (node.type === 'VariableDeclarator' && isNode(node.id)) {
      declare(around, node.id.name, isNode(node.init) && isChoice(node.init) ? node.init : undefined)
    }
    if (/Function/.test(node.type)) {
      for (const parameter of (node.params ?? []) as readonly Node[]) {
        walk(parameter, (each) => each.type === 'Identifier' && declare([node], each.name))
      }
    }
    const [above] = around.slice(-1)
    if (node.type === 'Identifier' && above && isUsedAlone(node, above)) spread.add(String(node.name))
  })
  for (const names of scopes.values())
    for (const name of spread) if (names.has(name)) names.set(name, undefined)
  return scopes
}

/** Whether a name's value is used other than as a part of a text. */
function isUsedAlone(name: Node, above: Node): boolean {
  if (above.type === 'VariableDeclarator') return above.init === name
  if (above.type === 'MemberExpression') return above.object === name || above.computed === true
  if (above.type === 'Property') return above.value === name
  if (/Function/.test(above.type)) return above.body === name
  return above.type !== 'TemplateLiteral' && !above.type.startsWith('TS')
}

function isScope(node: Node): boolean {
  return node.type === 'Program' || /Function/.test(node.type)
}

function lookUpFrom(scopes: Scopes, around: readonly Node[]): LookUp {
  const inReach = around.filter(isScope).toReversed()
  return (name) => {
    const scope = inReach.find((each) => scopes.get(each)?.has(name))
    return scope && scopes.get(scope)?.get(name)
  }
}

function isText(node: Node): boolean {
  if (node.type === 'BinaryExpression') {
    return node.operator === '+' && [node.left, node.right].some((side) => isText(side as Node))
  }
  return node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string')
}

/** Whether an expression is a text, or one of several. */
function isChoice(node: Node): boolean {
  if (isText(node)) return true
  return (
    node.type === 'ConditionalExpression' &&
    isNode(node.consequent) &&
    isNode(node.alternate) &&
    (isChoice(node.consequent) || isChoice(node.alternate))
  )
}

/** The texts that stand inside of a template by choice: they are said as parts of it only. */
function choicesIn(node: Node, lookUp: LookUp): Node[] {
  return partsOf(node).flatMap((part) => textsOf(resolved(part, lookUp), lookUp))
}

function partsOf(node: Node): readonly Node[] {
  if (node.type === 'BinaryExpression') return [node.left, node.right] as readonly Node[]
  return (node.expressions ?? []) as readonly Node[]
}

function textsOf(node: Node, lookUp: LookUp): Node[] {
  if (isText(node)) return [node, ...choicesIn(node, lookUp)]
  if (!isChoice(node)) return []
  return [node.consequent, node.alternate].flatMap((side) => textsOf(resolved(side as Node, lookUp), lookUp))
}

function resolved(node: Node, lookUp: LookUp): Node {
  return (node.type === 'Identifier' && lookUp(String(node.name))) || node
}

/** Everything a text can be, by the choices in it. */
function variants(node: Node, lookUp: LookUp): string[] {
  const known = resolved(node, lookUp)
  if (known.type === 'Literal' && typeof known.value === 'string') return [known.value]
  if (known.type === 'ConditionalExpression' && isChoice(known)) {
    return [known.consequent, known.alternate].flatMap((side) => variants(side as Node, lookUp))
  }
  if (known.type === 'BinaryExpression' && isText(known)) {
    const [left = [], right = []] = partsOf(known).map((part) => variants(part, lookUp))
    return left.flatMap((text) => right.map((rest) => text + rest))
  }
  if (known.type !== 'TemplateLiteral') return [place]
  const quasis = known.quasis as readonly { readonly value: { readonly cooked: string } }[]
  const expressions = known.expressions as readonly Node[]
  return quasis.reduce<string[]>(
    (texts, quasi, index) => {
      const expression = expressions[index]
      const next = expression ? variants(expression, lookUp) : ['']
      return texts.flatMap((text) => next.map((filled) => text + quasi.value.cooked + filled))
    },
    [''],
  )
}

function numbered(text: string): string {
  let count = 0
  return text.replaceAll(place, () => `{${count++}}`)
}

/** Words apart from places: two of them, or one beside a place. */
function readsLikeWords(template: string): boolean {
  const words =
    template.replaceAll(/\{\d+\}/g, '0').match(/(?<![\p{L}\d_.$/-])\p{L}{2,}(?![\p{L}\d_$/-])/gu) ?? []
  return words.length > 1 || (words.length === 1 && /\s/.test(template))
}

/** Whether a text stands where no person reads it: types, imports, keys, comparisons, internal errors. */
function isSilent(file: string, node: Node, around: readonly Node[]): boolean {
  const [above] = around.slice(-1)
  if (!above || /^(Import|Export(All|Named)|ExpressionStatement)/.test(above.type)) return true
  if (above.type === 'BinaryExpression' && above.operator !== '+') return true
  if (isCatalogueText(file, around)) return true
  if (above.type === 'Property' && above.key === node && above.computed !== true) return true
  return around.some(
    (each) =>
      each.type.startsWith('TSType') ||
      each.type === 'TSLiteralType' ||
      each.type === 'TSEnumMember' ||
      isInternalError(each) ||
      (each.type === 'CallExpression' &&
        isNode(each.callee) &&
        /^(t|mark)$/.test(String(each.callee.name))) ||
      isSilentProperty(file, each, around),
  )
}

function isInternalError(node: Node): boolean {
  return (
    node.type === 'NewExpression' &&
    isNode(node.callee) &&
    /^(Error|TypeError|RangeError|RegExp)$/.test(String(node.callee.name))
  )
}

/** A property that other tests look after, such as a parameter's description; the label of a fix is none. */
function isSilentProperty(file: string, node: Node, around: readonly Node[]): boolean {
  if (node.type !== 'Property' || !isNode(node.key)) return false
  const key = String(node.key.name)
  if (!silentProperties.some(({ files, keys }) => files.test(file) && keys.test(key))) return false
  const holder = around[around.indexOf(node) - 1]
  const siblings = (holder?.properties ?? []) as readonly Node[]
  return !siblings.some((each) => isNode(each.key) && each.key.name === 'edits')
}

/** In the definitions of layers only refusals are sentences; everything else belongs to the catalogue. */
function isCatalogueText(file: string, around: readonly Node[]): boolean {
  if (!catalogueFiles.test(file)) return false
  return !around.some(
    (each) => each.type === 'Property' && isNode(each.key) && refusalProperties.test(String(each.key.name)),
  )
}
