import type { LayerNode } from '../document/model-document.ts'

/**
 * Text inside a quoted Mermaid label. Letters, digits and harmless signs stay readable; everything that Mermaid, its
 * Markdown or HTML could take for syntax becomes a character reference (`#34;`), control characters become spaces and
 * signs that turn the direction of text are dropped.
 */
export function mermaidText(text: string): string {
  return text
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ')
    .trim()
    .replace(syntax, (signs) => signs.replace(/\D/gu, (sign) => `#${sign.codePointAt(0)};`))
}

// The beginning of a Markdown list, underscores that are not inside a word, the space in "direction TB" (which mermaid's
// lexer takes for a statement wherever it stands), and every sign that is not known to be harmless.
const syntax =
  /^\d+[.)]|^[-+]|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])|(?<=direction) |[^\p{L}\p{N}\p{M}\p{Extended_Pictographic} ×−→·…_.,/+=-]/giu

// Words that mean something in a flowchart; an id that begins with one can confuse the lexer of some versions.
const reserved =
  /^(?:end|graph|subgraph|flowchart|style|linkstyle|classdef|class|click|href|call|default|interpolate|direction|acctitle|accdescr|constructor|prototype)/i

/** A node id per layer id: the layer's name where it is a plain word, otherwise `layer_<number>`; never twice the same. */
export function nodeIds(layers: readonly LayerNode[]): ReadonlyMap<string, string> {
  const ids = new Map<string, string>()
  const used = new Set<string>()
  layers.forEach((layer, index) => {
    const isPlain =
      /^[a-z]\w*$/i.test(layer.name) && !reserved.test(layer.name) && !/^layer_\d+$/i.test(layer.name)
    const id = isPlain && !used.has(layer.name) ? layer.name : `layer_${index + 1}`
    used.add(id)
    ids.set(layer.id, id)
  })
  return ids
}
