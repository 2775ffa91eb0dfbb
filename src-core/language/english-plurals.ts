/**
 * The English singulars of texts with a count. The text itself is the plural. A key ends with `_one` as i18next wants it.
 */
export const englishPlurals: Readonly<Record<string, string>> = {
  '{{count, number}} layers_one': '{{count, number}} layer',
  '{{count, number}} rows_one': '{{count, number}} row',
  '{{count, number}} columns_one': '{{count, number}} column',
  '{{count, number}} characters_one': '{{count, number}} character',
  '{{count, number}} classes_one': '{{count, number}} class',
  '{{count, number}} channels_one': '{{count, number}} channel',
  '{{count, number}} templates_one': '{{count, number}} template',
  '{{count, number}} layers selected_one': '{{count, number}} layer selected',
  'A block of this drawing with {{count, number}} layers inside._one':
    'A block of this drawing with {{count, number}} layer inside.',
  '{{count, number}} draws, as in training_one': '{{count, number}} draw, as in training',
  '{{count, number}} values: see below._one': '{{count, number}} value: see below.',
  '{{from}} to {{to}}: {{count, number}} values_one': '{{from}} to {{to}}: {{count, number}} value',
  'Run {{id}}, {{count, number}} epochs_one': 'Run {{id}}, {{count, number}} epoch',
  '{{count, number}} layers added_one': '{{count, number}} layer added',
  '{{count, number}} layers removed_one': '{{count, number}} layer removed',
  '{{count, number}} layers changed_one': '{{count, number}} layer changed',
  '{{count, number}} layers moved on the canvas_one': '{{count, number}} layer moved on the canvas',
  '{{count, number}} wires added_one': '{{count, number}} wire added',
  '{{count, number}} wires removed_one': '{{count, number}} wire removed',
  '{{count, number}} ports with its wires in another order_one':
    '{{count, number}} port with its wires in another order',
  '{{count, number}} blocks added_one': '{{count, number}} block added',
  '{{count, number}} blocks removed_one': '{{count, number}} block removed',
  '{{count, number}} blocks changed_one': '{{count, number}} block changed',
  '{{count, number}} choices of data changed_one': '{{count, number}} choice of data changed',
  '{{count, number}} training settings changed_one': '{{count, number}} training setting changed',
  '{{count}} images and their reconstructions_one': '{{count}} image and its reconstruction',
  '{{count}} epochs_one': '{{count}} epoch',
  '{{count}} steps_one': '{{count}} step',
}
