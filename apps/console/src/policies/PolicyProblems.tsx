import { PlainTable } from '../parts/PlainTable.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import type { Checked } from './use-checked.js';

/** What is wrong with the text, once more as a table: the marks in the editor are not for everybody. */
export function PolicyProblems({ checked, isReadOnly }: { readonly checked: Checked; readonly isReadOnly: boolean }) {
  const { answer, error, isCurrent } = checked;
  if (error)
    return <ProblemNote error={error} trying="The text could not be checked" changed="Nothing was published." />;
  if (isReadOnly || !answer)
    return <p className="dim">{isReadOnly ? 'Not checked: it cannot be changed here.' : 'Checking…'}</p>;
  if (answer.problems.length === 0)
    return (
      <p role="status">
        {isCurrent ? <StateMark kind="ok">No problems</StateMark> : <StateMark kind="moving">Checking…</StateMark>}
      </p>
    );
  return (
    <PlainTable
      label="Problems in the text"
      heads={['Line', 'Column', 'Problem', 'Meant']}
      rows={answer.problems.map(({ line, column, message, suggestion }) => ({
        id: `${line} ${column} ${message}`,
        cells: [
          line,
          column,
          <VisibleText text={message} />,
          suggestion === null ? '' : <VisibleText text={suggestion} />,
        ],
      }))}
    />
  );
}
