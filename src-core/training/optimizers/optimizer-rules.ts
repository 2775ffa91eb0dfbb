import { assertNever } from '../../assert-never.ts'
import type { OptimizerConfig } from '../run-config.ts'
import { adadelta } from './adadelta.ts'
import { adafactor } from './adafactor.ts'
import { adagrad } from './adagrad.ts'
import { adam } from './adam.ts'
import { adamax } from './adamax.ts'
import { ftrl } from './ftrl.ts'
import { lamb } from './lamb.ts'
import { lion } from './lion.ts'
import { nadam } from './nadam.ts'
import type { OptimizerRule } from './optimizer-rule.ts'
import { rmsprop } from './rmsprop.ts'
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
    case 'rmsprop':
      return rmsprop(config)
    case 'adagrad':
      return adagrad(config)
    case 'adadelta':
      return adadelta(config)
    case 'adamax':
      return adamax(config)
    case 'nadam':
      return nadam(config)
    case 'ftrl':
      return ftrl(config)
    case 'lion':
      return lion(config)
    case 'lamb':
      return lamb(config)
    case 'adafactor':
      return adafactor(config)
    default:
      return assertNever(config, 'optimizer')
  }
}
