/**
 * The English singulars of texts with a count. The text itself is the plural. A key ends with `_one` as i18next wants it.
 */
export const englishPlurals: Readonly<Record<string, string>> = {
  'Add {{count, number}} layers_one': 'Add {{count, number}} layer',
  'Arranging {{count, number}} layers…_one': 'Arranging {{count, number}} layer…',
  'Bypass {{count, number}} layers_one': 'Bypass {{count, number}} layer',
  'Cut {{count, number}} layers_one': 'Cut {{count, number}} layer',
  'Delete {{count, number}} layers and reconnect_one': 'Delete {{count, number}} layer and reconnect',
  'Delete {{count, number}} notes_one': 'Delete {{count, number}} note',
  'Delete {{count, number}} wires_one': 'Delete {{count, number}} wire',
  'Delete {{things}} and {{count, number}} notes_one': 'Delete {{things}} and {{count, number}} note',
  'Duplicate {{count, number}} layers_one': 'Duplicate {{count, number}} layer',
  'Duplicate {{count, number}} notes_one': 'Duplicate {{count, number}} note',
  'Enable {{count, number}} layers_one': 'Enable {{count, number}} layer',
  'Make a block of {{count, number}} layers_one': 'Make a block of {{count, number}} layer',
  'Paste {{count, number}} layers_one': 'Paste {{count, number}} layer',
  'Pin {{count, number}} layers_one': 'Pin {{count, number}} layer',
  'Select at least {{count, number}} layers first._one': 'Select at least {{count, number}} layer first.',
  'The clipboard holds the model “{{name}}” with {{count, number}} layers. What it draws can be added to this drawing, whose data and training settings stay as they are._one':
    'The clipboard holds the model “{{name}}” with {{count, number}} layer. What it draws can be added to this drawing, whose data and training settings stay as they are.',
  'Unpin {{count, number}} layers_one': 'Unpin {{count, number}} layer',
  'used {{count, number}} times: changes all of them_one': 'used {{count, number}} time: changes all of them',
  '{{count, number}} layers_one': '{{count, number}} layer',
  '{{count, number}} problems of {{name}}_one': '{{count, number}} problem of {{name}}',
  '{{count, number}} problems_one': '{{count, number}} problem',
  '{{count, number}} rows. Choose it in the Data panel of a project._one':
    '{{count, number}} row. Choose it in the Data panel of a project.',
  '{{count, number}} times in a row_one': '{{count, number}} time in a row',
  '{{count, number}} wires_one': '{{count, number}} wire',
  '{{name}} takes at most {{count, number}} wires here._one':
    '{{name}} takes at most {{count, number}} wire here.',
}
