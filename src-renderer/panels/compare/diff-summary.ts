import { type DocumentDiff, isSameModel } from '../../../src-core/document/diff.ts'
import { t } from '../../../src-core/language/t.ts'
import { listed } from '../../ui/listed.ts'
import { settingWords } from './setting-words.ts'

/** "1 layer added, 2 layers changed, 1 wire removed, 1 training setting changed." */
export function diffSummary(diff: DocumentDiff): string {
  const moved = diff.moved.length === 0 ? '' : movedText(diff.moved.length)
  if (isSameModel(diff)) {
    return moved === '' ? t('No differences.') : t('No differences but {{moved}}.', { moved })
  }
  const changes = listed(changesOf(diff))
  return moved === '' ? t('{{changes}}.', { changes }) : t('{{changes}}; {{moved}}.', { changes, moved })
}

function movedText(count: number): string {
  return t('{{count, number}} layers moved on the canvas', { count })
}

function changesOf(diff: DocumentDiff): readonly string[] {
  const many = (list: readonly { readonly type: string }[], type: string) =>
    list.filter((item) => item.type === type).length
  const counted: readonly (readonly [count: number, say: (count: number) => string])[] = [
    [many(diff.layers, 'added'), (count) => t('{{count, number}} layers added', { count })],
    [many(diff.layers, 'removed'), (count) => t('{{count, number}} layers removed', { count })],
    [many(diff.layers, 'changed'), (count) => t('{{count, number}} layers changed', { count })],
    [many(diff.wires, 'added'), (count) => t('{{count, number}} wires added', { count })],
    [many(diff.wires, 'removed'), (count) => t('{{count, number}} wires removed', { count })],
    [
      many(diff.wires, 'reordered'),
      (count) => t('{{count, number}} ports with its wires in another order', { count }),
    ],
    [many(diff.blocks, 'added'), (count) => t('{{count, number}} blocks added', { count })],
    [many(diff.blocks, 'removed'), (count) => t('{{count, number}} blocks removed', { count })],
    [many(diff.blocks, 'changed'), (count) => t('{{count, number}} blocks changed', { count })],
    [diff.dataset.length, (count) => t('{{count, number}} choices of data changed', { count })],
    [diff.training.length, (count) => t('{{count, number}} training settings changed', { count })],
  ]
  return [
    ...counted.filter(([count]) => count > 0).map(([count, say]) => say(count)),
    ...(diff.document.length === 0 ? [] : [documentText(diff)]),
  ]
}

/** What of the document itself changed, by name. */
function documentText({ document }: DocumentDiff): string {
  const fields = document
    .map(({ path }) => path.map((key) => t(settingWords[key] ?? key, { context: 'setting' })).join(' '))
    .reduce((one, other) => t('{{one}} and {{other}}', { one, other }))
  return t('{{fields}} changed', { fields })
}
