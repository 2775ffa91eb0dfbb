import { Cpu } from 'lucide-react'
import { t } from '../../../src-core/language/t.ts'
import { useEngines } from '../../state/engine-store.ts'
import { Button } from '../../ui/button.tsx'
import './engines-button.css'

/** Opens the list of engines. */
export function EnginesButton() {
  const show = useEngines((state) => state.show)
  return (
    <div className="engines-button">
      <Button size="small" variant="ghost" icon={Cpu} onClick={show}>
        {t('Engines…')}
      </Button>
    </div>
  )
}
