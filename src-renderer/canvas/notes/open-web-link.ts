import { webLink } from '../../../src-core/ipc/web-link.ts'
import { t } from '../../../src-core/language/t.ts'
import { call } from '../../bridge/call.ts'
import { notify, notifyProblems } from '../../ui/toast-store.ts'

/** Has main open a page in the browser, which asks first; says why where a link is none to a page in the web. */
export function openWebLink(text: string): void {
  const address = webLink(text)
  if (address === undefined) {
    notify({
      tone: 'warning',
      title: t('“{{link}}” cannot be opened from here.', { link: text }),
      detail: t('Links of notes lead to pages in the web: they begin with https:// or http://.'),
    })
    return
  }
  void call('links.open', { address }).then((answer) => {
    if (!answer.ok) notifyProblems(answer.problems)
  })
}
