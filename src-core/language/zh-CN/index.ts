import canvas from './canvas.json' with { type: 'json' }
import catalogue from './catalogue.json' with { type: 'json' }
import panels from './panels.json' with { type: 'json' }
import sentences from './sentences.json' with { type: 'json' }
import tabs from './tabs.json' with { type: 'json' }
import tabsSentences from './tabs-sentences.json' with { type: 'json' }
import templates from './templates.json' with { type: 'json' }
import tour from './tour.json' with { type: 'json' }
import training from './training.json' with { type: 'json' }
import window from './window.json' with { type: 'json' }

/** Everything the window says, in Simplified Chinese. */
export const chinese: Readonly<Record<string, string>> = {
  ...window,
  ...tour,
  ...canvas,
  ...panels,
  ...catalogue,
  ...training,
  ...templates,
  ...tabs,
}

/** What the core and main say of problems: templates whose places are `{0}`, `{1}`, … */
export const chineseSentences: Readonly<Record<string, string>> = {
  ...sentences,
  ...tabsSentences,
}
