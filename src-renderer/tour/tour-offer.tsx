import { Compass } from 'lucide-react'
import { t } from '../../src-core/language/t.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { startTour } from './start-tour.ts'
import './tour-offer.css'

/** Offers the tour on the start page, until it was taken or declined. */
export function TourOffer() {
  const seen = useUi((state) => state.tourSeen)
  const setSeen = useUi((state) => state.setTourSeen)
  if (seen) return null
  return (
    <section className="tour-offer" aria-label={t('Tour')}>
      <Compass size={20} aria-hidden />
      <p className="tour-offer__text">
        {t('New here? Seven stops show you how to draw, train and take away a network.')}
      </p>
      <Button size="small" onClick={() => void startTour()}>
        {t('Take the tour')}
      </Button>
      <Button size="small" variant="ghost" onClick={setSeen}>
        {t('Not now')}
      </Button>
    </section>
  )
}
