import {
  Activity,
  ArrowRightLeft,
  Blocks,
  Box,
  CircleDashed,
  Combine,
  Eye,
  FlipHorizontal2,
  Grid3x3,
  Layers,
  type LucideIcon,
  Repeat,
  Scale,
  Shrink,
  Sigma,
  SlidersHorizontal,
  Tags,
  Waypoints,
} from 'lucide-react'
import type { LayerCategory } from '../../src-core/layers/define-layer.ts'

interface CategoryLook {
  readonly icon: LucideIcon
  /** A CSS colour. */
  readonly colour: string
}

/** How the categories look; a new category does not compile until it has a look. */
const looks: Readonly<Record<LayerCategory, CategoryLook>> = {
  'Input and output': { icon: ArrowRightLeft, colour: 'var(--category-input-and-output)' },
  Core: { icon: Waypoints, colour: 'var(--category-core)' },
  Convolution: { icon: Grid3x3, colour: 'var(--category-convolution)' },
  Pooling: { icon: Shrink, colour: 'var(--category-pooling)' },
  Normalization: { icon: Scale, colour: 'var(--category-normalization)' },
  Activation: { icon: Activity, colour: 'var(--category-activation)' },
  Regularization: { icon: CircleDashed, colour: 'var(--category-regularization)' },
  Merge: { icon: Combine, colour: 'var(--category-merge)' },
  Shape: { icon: Layers, colour: 'var(--category-shape)' },
  Mathematics: { icon: Sigma, colour: 'var(--category-mathematics)' },
  Embedding: { icon: Tags, colour: 'var(--category-embedding)' },
  Recurrent: { icon: Repeat, colour: 'var(--category-recurrent)' },
  Attention: { icon: Eye, colour: 'var(--category-attention)' },
  Block: { icon: Blocks, colour: 'var(--category-block)' },
  Preprocessing: { icon: SlidersHorizontal, colour: 'var(--category-preprocessing)' },
  Augmentation: { icon: FlipHorizontal2, colour: 'var(--category-augmentation)' },
}

const unknown: CategoryLook = { icon: Box, colour: 'var(--text-muted)' }

/** Icon and colour of a category; of an unknown kind when it has none. */
export function categoryLook(category: LayerCategory | undefined): CategoryLook {
  return category === undefined ? unknown : looks[category]
}
