import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { DirectoryRowFragment as Directory } from '../gql/graphql.js';
import { ConvergenceOf } from '../live/ConvergenceLine.js';
import { Accepted } from '../parts/Accepted.js';
import { FormDialog } from '../parts/FormDialog.js';
import { FormProblem } from '../parts/FormProblem.js';
import { Notice } from '../parts/Notice.js';
import { VisibleText } from '../parts/VisibleText.js';
import { visibleString } from '../parts/visible-text.js';
import styles from './directories.module.css';
import type { BadLine } from './entry-lines.js';
import { formTexts } from './form-texts.js';
import { mostEntries, useEditEntries, type EntriesAct } from './use-edit-entries.js';

export type { EntriesAct };

const mostShown = 100;
const words = {
  add: { verb: 'Add', did: 'added' },
  remove: { verb: 'Remove', did: 'removed' },
} as const;

interface EditEntriesProps {
  readonly directory: Directory;
  readonly act: EntriesAct;
  /** What stands in the box at first. */
  readonly text: string;
  readonly close: () => void;
  readonly whenDone: () => Promise<unknown>;
}

/** Many lines at once, into a directory or out of it. A line that cannot be read keeps all of them back. */
export function EditEntries({ directory, act, text: first, close, whenDone }: EditEntriesProps) {
  const { bad, error, sent, isWorking, send } = useEditEntries(directory, act);
  const [text, setText] = useState(first);
  const { verb, did } = words[act];
  const submit = async () => {
    if (await send(text)) await whenDone();
  };
  const changed = sent.count === 0 ? 'Nothing changed.' : `${counted(sent.count)} ${did} before that.`;
  return (
    <FormDialog
      title={`${verb} entries: ${visibleString(directory.name)}`}
      act={`${verb} entries`}
      {...{ isWorking, close, submit }}
      done={
        sent.isWhole && sent.revision !== null ? (
          <>
            <Accepted revision={sent.revision}>{counted(sent.count)} sent.</Accepted>
            <ConvergenceOf revision={sent.revision} />
            <Button className="tall" variant="default" mt="md" onClick={close}>
              Close
            </Button>
          </>
        ) : undefined
      }
    >
      <FormProblem error={error} isPlaced={bad.length > 0} trying={`Not ${did}`} changed={changed} />
      <p>{effectText(act, directory.grants)}</p>
      <Textarea
        label="Entries, one a line"
        description={`Each is ${formTexts[directory.holds].line}. At most ${mostEntries.toLocaleString()} in all; ${directory.size.toLocaleString()} are in it now.`}
        rows={10}
        required
        spellCheck={false}
        data-autofocus
        value={text}
        error={
          bad.length > 0 ? `${bad.length.toLocaleString()} ${bad.length === 1 ? 'line' : 'lines'} to correct` : null
        }
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <BadLines bad={bad} />
    </FormDialog>
  );
}

function BadLines({ bad }: { readonly bad: readonly BadLine[] }) {
  if (bad.length === 0) return null;
  return (
    <Notice kind="bad" title="Correct these lines" isAlert>
      <ul className={styles['bad']} tabIndex={0} aria-label="Lines to correct">
        {bad.slice(0, mostShown).map(({ line, value, message }) => (
          <li key={line}>
            Line {line.toLocaleString()}: <VisibleText text={value} />: {visibleString(message)}
          </li>
        ))}
      </ul>
      {bad.length > mostShown ? <p>and {(bad.length - mostShown).toLocaleString()} more.</p> : null}
    </Notice>
  );
}

function effectText(act: EntriesAct, grants: number): string {
  if (grants === 0) return 'No grant names this directory yet, so no call changes by it.';
  const naming = `${grants.toLocaleString()} ${grants === 1 ? 'grant names' : 'grants name'} it`;
  return act === 'add'
    ? `${naming}: what you add is allowed by ${grants === 1 ? 'it' : 'them'} from the next call on.`
    : `${naming}: what you remove is refused from the next call on.`;
}

function counted(count: number): string {
  return `${count.toLocaleString()} ${count === 1 ? 'entry' : 'entries'}`;
}
