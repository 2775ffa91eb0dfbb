import { FilePlus2, FolderOpen, Layers } from 'lucide-react'
import { t } from '../../../src-core/language/t.ts'
import { createProject, openFile } from '../../state/project-actions.ts'
import { TourOffer } from '../../tour/tour-offer.tsx'
import { Button } from '../../ui/button.tsx'
import { RecentProjects } from './recent-projects.tsx'
import './start-page.css'
import { TemplateGallery } from './template-gallery.tsx'

/** The same in every language. */
const product = 'LayerLoom'

/** What a person meets when no project is open: a new model, a template, or what they worked on before. */
export function StartPage() {
  return (
    <main className="start-page" aria-label={t('Start')}>
      <div className="start-page__content">
        <header className="start-page__header">
          <Layers size={32} strokeWidth={1.75} aria-hidden />
          <div>
            <h1 className="start-page__title">{product}</h1>
            <p className="start-page__lead">
              {t('Draw a network, train it on this machine, take the diagram and the model with you.')}
            </p>
          </div>
          <div className="start-page__actions">
            <Button variant="primary" icon={FilePlus2} onClick={() => void createProject()}>
              {t('New empty model')}
            </Button>
            <Button icon={FolderOpen} onClick={() => void openFile()}>
              {t('Open file…')}
            </Button>
          </div>
        </header>
        <TourOffer />
        <RecentProjects />
        <TemplateGallery />
      </div>
    </main>
  )
}
