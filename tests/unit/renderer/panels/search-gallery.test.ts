import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { speak, translations } from '../../../../src-core/language/t.ts'
import type { ListedTemplate } from '../../../../src-core/templates/search-templates.ts'
import { searchGallery } from '../../../../src-renderer/panels/start/search-gallery.ts'
import { documentOf } from '../support/documents.ts'

const template = (
  id: string,
  title: string,
  difficulty: ListedTemplate['difficulty'],
  kind: string,
): ListedTemplate => ({
  id,
  title,
  description: `About ${id}.`,
  category: 'Images',
  difficulty,
  data: 'Some rows',
  document: documentOf([
    ['input_1', 'input'],
    [`${kind}_1`, kind],
    ['output_1', 'output'],
  ]),
})
const templates = [
  template('plain', 'Plain digits', 'easy', 'dense'),
  template('pictures', 'Pictures', 'advanced', 'conv2d'),
]
const found = (query: string) => searchGallery(templates, query).map(({ id }) => id)

describe('searching the gallery', () => {
  beforeEach(() => {
    translations.addResource('zh-CN', 'translation', 'Plain digits', '普通手写数字')
    translations.addResource('zh-CN', 'translation', 'About pictures.', '识别图片和手写数字。')
    speak('zh-CN')
  })
  afterEach(() => speak('en'))

  it('finds a Chinese word anywhere in a text, titles first', () => {
    expect(found('手写数字')).toEqual(['plain', 'pictures'])
    expect(found('图片')).toEqual(['pictures'])
    expect(found('高级')).toEqual(['pictures'])
    expect(found('没有这样的')).toEqual([])
  })

  it('finds English words and layers as well, mixed with Chinese ones', () => {
    expect(found('digits')).toEqual(['plain'])
    expect(found('conv2d 手写')).toEqual(['pictures'])
    expect(found('dense，数字')).toEqual(['plain'])
    expect(found('  ')).toEqual(['plain', 'pictures'])
  })

  it('knows no Chinese words in English', () => {
    speak('en')
    expect(found('手写数字')).toEqual([])
    expect(found('plain')).toEqual(['plain'])
  })
})
