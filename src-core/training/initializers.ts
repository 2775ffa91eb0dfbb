/** Initializers as in Keras 3; fan-in and fan-out are decided by the layer that owns the weight. */
export const initializerKinds = [
  'zeros',
  'ones',
  'glorotUniform',
  'glorotNormal',
  'heUniform',
  'heNormal',
  'lecunUniform',
  'lecunNormal',
] as const
export type InitializerKind = (typeof initializerKinds)[number]

export interface InitializerSpec {
  readonly kind: InitializerKind
  readonly fanIn: number
  readonly fanOut: number
}
