import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const highlight = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--pc-dim)', fontStyle: 'italic' },
  { tag: tags.string, color: 'var(--pc-link)' },
  { tag: tags.keyword, fontWeight: '700' },
  { tag: tags.meta, fontWeight: '700', color: 'var(--pc-link)' },
]);

/** The console's colours, light and dark, by its own variables. */
export const editorLook = [
  syntaxHighlighting(highlight),
  EditorView.theme({
    '&': { color: 'var(--pc-ink)', backgroundColor: 'var(--pc-surface)', border: '1px solid var(--pc-edge)' },
    '.cm-content': {
      fontFamily: 'var(--pc-mono)',
      fontSize: '0.8125rem',
      caretColor: 'var(--pc-ink)',
      minHeight: '12rem',
    },
    '.cm-cursor': { borderLeftColor: 'var(--pc-ink)' },
    '.cm-gutters': { color: 'var(--pc-dim)', backgroundColor: 'var(--pc-raised)', border: 'none' },
    '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
    '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--pc-raised)' },
    '.cm-tooltip': { color: 'var(--pc-ink)', backgroundColor: 'var(--pc-surface)', borderColor: 'var(--pc-edge)' },
  }),
];
