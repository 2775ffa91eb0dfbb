import { unknownToken } from '../../../src-core/datasets/dataset-spec.ts'
import { failure, problem, type Result, success } from '../../../src-core/problems.ts'

/** The characters of a text, as Unicode counts them, with line breaks as a text column has them. */
export function charactersOf(text: string): string[] {
  return [...text.replace(/\r\n?/g, '\n')]
}

/**
 * The tokens of a text by their place in a vocabulary. What the vocabulary does not know is its entry for the unknown, or
 * the problem `predict.input` where it has none.
 */
export function encodeText(text: string, vocabulary: readonly string[]): Result<number[]> {
  const places = new Map(vocabulary.map((token, place) => [token, place]))
  const unknown = places.get(unknownToken)
  const characters = charactersOf(text)
  const foreign = characters.find((character) => !places.has(character))
  if (foreign !== undefined && unknown === undefined) {
    return failure(
      problem(
        'predict.input',
        `The text holds ${JSON.stringify(foreign)}, which the model has never seen: it knows ${vocabulary.length} characters.`,
        { hint: `They are ${JSON.stringify(vocabulary.join(''))}.` },
      ),
    )
  }
  return success(characters.map((character) => places.get(character) ?? unknown ?? 0))
}
