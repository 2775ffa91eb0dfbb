/** What templates are for, in the order in which people meet them. */
export const templateCategories = [
  'Getting started',
  'Images',
  'Text and sequences',
  'Tables',
  'Generative',
] as const
export type TemplateCategory = (typeof templateCategories)[number]

/** `easy`: a first network; `medium`: a usual one; `advanced`: one with ideas that want to be read about. */
export const templateDifficulties = ['easy', 'medium', 'advanced'] as const
export type TemplateDifficulty = (typeof templateDifficulties)[number]

export interface TemplateFacts {
  readonly category: TemplateCategory
  readonly difficulty: TemplateDifficulty
}

const fact = (category: TemplateCategory, difficulty: TemplateDifficulty): TemplateFacts => ({
  category,
  difficulty,
})

/**
 * By the id of the template, in the order of the gallery: what is understood first comes first. It stands here and not in the documents, because it says something about the gallery: a model
 * made from a template is of no category.
 */
export const templateFacts: Readonly<Record<string, TemplateFacts>> = {
  'linear-regression': fact('Getting started', 'easy'),
  'logistic-regression': fact('Getting started', 'easy'),
  'iris-classifier': fact('Getting started', 'easy'),
  'exclusive-or': fact('Getting started', 'easy'),
  'curve-fitting': fact('Getting started', 'easy'),
  'handwritten-digits': fact('Getting started', 'medium'),
  'two-spirals': fact('Getting started', 'medium'),
  lenet: fact('Images', 'easy'),
  'cifar-cnn': fact('Images', 'easy'),
  'cifar-augmented': fact('Images', 'medium'),
  vgg: fact('Images', 'medium'),
  inception: fact('Images', 'medium'),
  mobilenet: fact('Images', 'medium'),
  'resnet-20': fact('Images', 'advanced'),
  'u-net': fact('Images', 'advanced'),
  contrastive: fact('Images', 'advanced'),
  'text-classifier': fact('Text and sequences', 'medium'),
  'gru-classifier': fact('Text and sequences', 'medium'),
  'transformer-classifier': fact('Text and sequences', 'advanced'),
  'char-language-model': fact('Text and sequences', 'advanced'),
  'digit-strips': fact('Text and sequences', 'advanced'),
  'binary-classifier': fact('Tables', 'easy'),
  'tabular-regression': fact('Tables', 'easy'),
  'tabular-embeddings': fact('Tables', 'medium'),
  'two-inputs': fact('Tables', 'medium'),
  autoencoder: fact('Generative', 'medium'),
  'denoising-autoencoder': fact('Generative', 'medium'),
  'variational-autoencoder': fact('Generative', 'advanced'),
  gan: fact('Generative', 'advanced'),
}

/** For a template that nobody has described yet. */
const unknownFacts = fact('Getting started', 'medium')

export function factsOfTemplate(id: string): TemplateFacts {
  return templateFacts[id] ?? unknownFacts
}

const order = new Map(Object.keys(templateFacts).map((id, place) => [id, place]))

/** Templates in the order of the gallery; those that nobody has described come last. */
export function inGalleryOrder<T extends { readonly id: string }>(templates: readonly T[]): readonly T[] {
  const place = ({ id }: T) => order.get(id) ?? order.size
  return templates.toSorted((one, other) => place(one) - place(other))
}
