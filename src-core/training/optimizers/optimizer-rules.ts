import { assertNever } from '../../assert-never.ts'
import type { OptimizerConfig } from '../run-config.ts'
import { adam } from './adam.ts'
import type { OptimizerRule } from './optimizer-rule.ts'
import { gradientDescent } from './sgd.ts'

/** The rule that a configuration asks for. */
export function optimizerRule(config: OptimizerConfig): OptimizerRule {
  switch (config.kind) {
    case 'sgd':
    case 'momentum':
    case 'nesterov':
      return gradientDescent(config)
    case 'adam':
    case 'adamw':
      return adam(config)
    default:
      return assertNever(config, 'optimizer')
  }
}
