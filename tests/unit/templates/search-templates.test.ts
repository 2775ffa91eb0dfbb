import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { searchTemplates } from '../../../src-core/templates/search-templates.ts'
import { inGalleryOrder, templateFacts } from '../../../src-core/templates/template-facts.ts'
import { TemplateService } from '../../../src-main/services/template-service.ts'

const service = new TemplateService(fileURLToPath(new URL('../../../resources/templates', import.meta.url)))
const listed = await service.list()
if (!listed.ok) throw new Error(listed.problems[0]?.message)
const templates = listed.value
const find = (query: string) => searchTemplates(templates, query).map(({ id }) => id)

describe('the gallery of templates', () => {
  it('knows a category and a difficulty of every template, and of nothing else', () => {
    expect(Object.keys(templateFacts).toSorted()).toEqual(templates.map(({ id }) => id))
  })

  it('says what data each one needs, by the name that people know it by', () => {
    expect(templates.find(({ id }) => id === 'lenet')?.data).toBe('Handwritten digits (MNIST)')
    for (const { data, document } of templates) expect(data).not.toBe(document.dataset?.name)
  })

  it('begins with the smallest', () => {
    const ids = inGalleryOrder(templates).map(({ id }) => id)
    expect(ids.slice(0, 3)).toEqual(['linear-regression', 'logistic-regression', 'iris-classifier'])
    expect(ids.toSorted()).toEqual(templates.map(({ id }) => id))
  })

  it('finds all without a query', () => {
    expect(find('  ')).toEqual(templates.map(({ id }) => id))
  })

  it('finds by the beginnings of words, in titles first', () => {
    expect(find('iris')).toEqual(['iris-classifier'])
    expect(find('var auto')).toEqual(['variational-autoencoder'])
    expect(find('transformer')[0]).toBe('transformer-classifier')
    expect(find('inception').length).toBe(1)
  })

  it('finds by data, by layer and by difficulty', () => {
    expect(find('shakespeare')).toEqual(['char-language-model'])
    expect(find('gru')).toContain('gru-classifier')
    expect(find('conv2dtranspose')).toEqual(expect.arrayContaining(['u-net', 'gan']))
    expect(find('generative advanced').toSorted()).toEqual(['gan', 'variational-autoencoder'])
  })

  it('finds nothing that has but some of the words', () => {
    expect(find('iris shakespeare')).toEqual([])
  })
})
