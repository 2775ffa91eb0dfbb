import { mark, t } from '../../src-core/language/t.ts'

const directions: Readonly<Record<string, string>> = {
  up: mark('up'),
  down: mark('down'),
  left: mark('left'),
  right: mark('right'),
}

/** What React Flow tells screen readers, in the language of the window. */
export function spokenTexts() {
  return {
    'node.a11yDescription.default': t(
      'Press Enter or Space to select this layer, then the arrow keys to move it, Alt with the arrow keys to follow its wires, C to connect it, Delete to delete it, Escape to deselect it.',
    ),
    'node.a11yDescription.keyboardDisabled': t('Press Enter or Space to select this layer.'),
    'node.a11yDescription.ariaLiveMessage': (moved: { direction: string; x: number; y: number }) =>
      t('Moved selected node {{direction}}. New position, x: {{x}}, y: {{y}}', {
        direction: t(directions[moved.direction] ?? moved.direction),
        x: moved.x,
        y: moved.y,
      }),
    'edge.a11yDescription.default': t('Press Enter or Space to select this wire, then Delete to delete it.'),
    'minimap.ariaLabel': t('Map of the drawing'),
    'handle.ariaLabel': t('Port'),
  }
}
