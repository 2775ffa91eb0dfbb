import { Bookmark, FolderOpen, PackageOpen } from 'lucide-react'
import {
  blockOfKind,
  canRepeat,
  isPortKind,
  repeatsOf,
  usesOf,
} from '../../../src-core/document/blocks/block-kinds.ts'
import { exposedName, exposeEdit } from '../../../src-core/document/blocks/expose-parameter.ts'
import { layerFace } from '../../../src-core/document/blocks/layer-face.ts'
import { renameExposedEdit } from '../../../src-core/document/blocks/rename-exposed.ts'
import {
  type BlockDefinition,
  type LayerNode,
  mostRepeats,
} from '../../../src-core/document/model-document.ts'
import { t } from '../../../src-core/language/t.ts'
import { shortcutText } from '../../app/shortcuts.ts'
import { openBlock, unpackSelectedBlock } from '../../canvas/block-actions.ts'
import { useBlockLibrary } from '../../state/block-library-store.ts'
import { dispatch, useProject } from '../../state/project-store.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { NumberInput } from '../../ui/number-input.tsx'
import { Section } from '../../ui/panel.tsx'
import { SwitchField } from '../../ui/switch.tsx'
import { useCommittedText } from '../../ui/text-field.tsx'
import './block-section.css'
import { fieldLabel } from './face-words.ts'

/** Of a block: opening, unpacking, repeating and naming it. Of a layer inside of one: what the block exposes of it. */
export function BlockSection({ layer }: { readonly layer: LayerNode }) {
  const document = useProject((state) => state.document)
  const around = useProject((state) => state.entered.at(-1)?.block)
  const block = document ? blockOfKind(document, layer.kind) : undefined
  return (
    <>
      {block && <OneBlock layer={layer} block={block} />}
      {around && !isPortKind(layer.kind) && <ExposedParameters layer={layer} block={around} />}
    </>
  )
}

function OneBlock({ layer, block }: { readonly layer: LayerNode; readonly block: BlockDefinition }) {
  const uses = useProject((state) => (state.document ? usesOf(state.document, block.id) : 1))
  const name = useCommittedText(block.name, (next) =>
    dispatch({ type: 'renameBlock', blockId: block.id, name: next }),
  )
  const { id: layerId } = layer
  return (
    <Section title={t('Block')}>
      <div className="block-section__buttons">
        <Button
          size="small"
          icon={FolderOpen}
          title={shortcutText('openBlock')}
          onClick={() => openBlock(layerId)}
        >
          {t('Open')}
        </Button>
        <Button
          size="small"
          icon={PackageOpen}
          title={shortcutText('unpackBlock')}
          onClick={unpackSelectedBlock}
        >
          {t('Unpack')}
        </Button>
        <Button
          size="small"
          icon={Bookmark}
          title={t('Keep it for other projects: My blocks in the palette')}
          onClick={() => void useBlockLibrary.getState().save(block.id)}
        >
          {t('Keep')}
        </Button>
      </div>
      <Field
        label={t('Block name')}
        description={
          uses > 1
            ? t('Used {{uses}} times: what is changed inside changes all of them.', { uses })
            : undefined
        }
      >
        {(attributes) => (
          <div className="input">
            <input spellCheck={false} maxLength={200} {...attributes} {...name} />
          </div>
        )}
      </Field>
      {(canRepeat(block) || repeatsOf(layer) > 1) && (
        <Field
          label={t('Repeat')}
          description={t('How often it stands in a row, each time with weights of its own.')}
        >
          {(attributes) => (
            <NumberInput
              value={repeatsOf(layer)}
              min={1}
              max={mostRepeats}
              step={1}
              integer
              unit={t('times')}
              attributes={attributes}
              onChange={(repeat) =>
                dispatch({ type: 'setRepeat', layerId, repeat }, { coalesceKey: `${layerId}.repeat` })
              }
            />
          )}
        </Field>
      )}
    </Section>
  )
}

function ExposedParameters({ layer, block }: { readonly layer: LayerNode; readonly block: BlockDefinition }) {
  const document = useProject((state) => state.document)
  const fields = Object.entries((document && layerFace(document, layer.kind)?.parameters) ?? {})
  if (!document || fields.length === 0) return null
  const toggle = (parameter: string) => {
    const edit = exposeEdit(document, block.id, layer.id, parameter)
    if (edit) dispatch(edit)
  }
  return (
    <Section title={t('Exposed by the block')}>
      <details
        className="more"
        open={fields.some(([name]) => exposedName(block, layer.id, name) !== undefined)}
      >
        <summary className="more__summary">
          {t('Set outside, for each {{block}}', { block: block.name })}
        </summary>
        <div className="more__fields">
          {fields.map(([name, field]) => {
            const exposed = exposedName(block, layer.id, name)
            const parameter = fieldLabel(layer.kind, field)
            return (
              <div key={name}>
                <SwitchField
                  label={parameter}
                  checked={exposed !== undefined}
                  onChange={() => toggle(name)}
                />
                {exposed !== undefined && (
                  <ExposedName block={block} layerId={layer.id} parameter={name} exposed={exposed} />
                )}
              </div>
            )
          })}
        </div>
      </details>
    </Section>
  )
}

interface ExposedNameProps {
  readonly block: BlockDefinition
  readonly layerId: string
  readonly parameter: string
  readonly exposed: string
}

/** What the parameter is called outside; with the name of another one, both are set together. */
function ExposedName({ block, layerId, parameter, exposed }: ExposedNameProps) {
  const name = useCommittedText(exposed, (next) => {
    const { document } = useProject.getState()
    const edit = document && renameExposedEdit(document, block.id, layerId, parameter, next)
    if (edit) dispatch(edit, { everywhere: true })
  })
  const shared = block.parameters.filter((each) => each.name === exposed).length > 1
  return (
    <Field
      label={t('Name outside')}
      description={shared ? t('Parameters of one name are set together.') : undefined}
    >
      {(attributes) => (
        <div className="input">
          <input spellCheck={false} maxLength={200} {...attributes} {...name} />
        </div>
      )}
    </Field>
  )
}
