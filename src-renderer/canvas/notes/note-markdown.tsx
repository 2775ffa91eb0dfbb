import { lexer, type MarkedToken, type Token } from 'marked'
import { Fragment, memo, type ReactNode } from 'react'
import { t } from '../../../src-core/language/t.ts'
import { openWebLink } from './open-web-link.ts'

/**
 * Markdown as elements, made from its tokens one by one. Nothing of the text becomes HTML by itself: what is HTML in it is
 * shown as it was typed, pictures are shown as their descriptions, and links open only when they are pressed.
 */
export const NoteMarkdown = memo(function NoteMarkdown({ text }: { readonly text: string }) {
  return <Tokens tokens={lexer(text, { gfm: true, breaks: true })} />
})

function Tokens({ tokens }: { readonly tokens: readonly Token[] | undefined }): ReactNode {
  // Tokens have no names, and their order is all there is.
  return tokens?.map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the place in the text is what a token is known by
    <Fragment key={index}>{isKnown(token) ? element(token) : token.raw}</Fragment>
  ))
}

const knownTypes = new Set([
  'blockquote',
  'br',
  'code',
  'codespan',
  'def',
  'del',
  'em',
  'escape',
  'heading',
  'hr',
  'html',
  'image',
  'link',
  'list',
  'list_item',
  'paragraph',
  'space',
  'strong',
  'table',
  'text',
])

/** Extensions, of which there are none here, could make tokens of other types. */
function isKnown(token: Token): token is MarkedToken {
  return knownTypes.has(token.type)
}

function element(token: MarkedToken): ReactNode {
  switch (token.type) {
    case 'heading': {
      const Heading = token.depth === 1 ? 'h3' : token.depth === 2 ? 'h4' : 'h5'
      return (
        <Heading>
          <Tokens tokens={token.tokens} />
        </Heading>
      )
    }
    case 'paragraph':
      return (
        <p>
          <Tokens tokens={token.tokens} />
        </p>
      )
    case 'blockquote':
      return (
        <blockquote>
          <Tokens tokens={token.tokens} />
        </blockquote>
      )
    case 'list':
      return listElement(token)
    case 'table':
      return tableElement(token)
    case 'code':
      return (
        <pre>
          <code>{token.text}</code>
        </pre>
      )
    case 'hr':
      return <hr />
    case 'space':
    case 'def':
      return null
    default:
      return inlineElement(token)
  }
}

function inlineElement(token: MarkedToken): ReactNode {
  switch (token.type) {
    case 'strong':
      return (
        <strong>
          <Tokens tokens={token.tokens} />
        </strong>
      )
    case 'em':
      return (
        <em>
          <Tokens tokens={token.tokens} />
        </em>
      )
    case 'del':
      return (
        <del>
          <Tokens tokens={token.tokens} />
        </del>
      )
    case 'codespan':
      return <code>{token.text}</code>
    case 'br':
      return <br />
    case 'link':
      return (
        <button
          type="button"
          className="note-link nodrag"
          title={token.href}
          onClick={() => openWebLink(token.href)}
        >
          <Tokens tokens={token.tokens} />
        </button>
      )
    case 'image':
      return token.text
    case 'text':
      return token.tokens ? <Tokens tokens={token.tokens} /> : token.text
    case 'escape':
      return token.text
    default:
      return token.raw
  }
}

function listElement(token: Extract<MarkedToken, { type: 'list' }>): ReactNode {
  const items = token.items.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the place in the list is what an item is known by
    <li key={index}>
      {item.task && (
        <input
          type="checkbox"
          checked={item.checked === true}
          readOnly
          tabIndex={-1}
          aria-label={t('done')}
        />
      )}
      <Tokens tokens={item.tokens} />
    </li>
  ))
  return token.ordered ? <ol start={Number(token.start) || 1}>{items}</ol> : <ul>{items}</ul>
}

function tableElement(token: Extract<MarkedToken, { type: 'table' }>): ReactNode {
  return (
    <table>
      <thead>
        <tr>
          {token.header.map((cell, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the column is what a cell is known by
            <th key={index}>
              <Tokens tokens={cell.tokens} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {token.rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place in the table is what a row is known by
          <tr key={index}>
            {row.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the column is what a cell is known by
              <td key={column}>
                <Tokens tokens={cell.tokens} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
