import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { cedarLanguage } from './cedar-language.js';
import { editorLook } from './editor-look.js';
import { offsetsOf, type Problem } from './problem-offsets.js';

interface CedarEditorProps {
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly problems: readonly Problem[];
  readonly isReadOnly: boolean;
}

/** The text with its problems marked where they stand. Tab leaves it, as it leaves every field. */
export function CedarEditor({ text, setText, problems, isReadOnly }: CedarEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const told = useRef(setText);
  useEffect(() => void (told.current = setText), [setText]);
  useEffect(() => {
    if (!place.current) return undefined;
    const made = new EditorView({
      parent: place.current,
      state: stateFor('', isReadOnly, (next) => told.current(next)),
    });
    view.current = made;
    return () => made.destroy();
  }, [isReadOnly]);
  useEffect(() => {
    const { current } = view;
    const held = current?.state.doc.toString();
    if (current && held !== text)
      current.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: text } });
  }, [text, isReadOnly]);
  useEffect(() => {
    const { current } = view;
    if (!current) return;
    const marks = problems.map((problem) => ({
      ...offsetsOf(current.state.doc.toString(), problem),
      severity: 'error' as const,
      message: problem.suggestion === null ? problem.message : `${problem.message} (${problem.suggestion})`,
    }));
    current.dispatch(setDiagnostics(current.state, marks));
  }, [problems]);
  return <div ref={place} />;
}

function stateFor(doc: string, isReadOnly: boolean, tell: (text: string) => void): EditorState {
  return EditorState.create({
    doc,
    extensions: [
      lineNumbers(),
      history(),
      cedarLanguage,
      editorLook,
      lintGutter(),
      EditorView.lineWrapping,
      EditorState.readOnly.of(isReadOnly),
      EditorView.contentAttributes.of({ 'aria-label': 'Policy text' }),
      keymap.of([...defaultKeymap, ...historyKeymap]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) tell(update.state.doc.toString());
      }),
    ],
  });
}
