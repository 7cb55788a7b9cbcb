import { Notice } from './Notice.js';
import { ProblemNote } from './ProblemNote.js';

interface FormProblemProps {
  readonly error: unknown;
  /** True when each reason stands at its field. */
  readonly isPlaced: boolean;
  /** What was not done, such as "Not created". */
  readonly trying: string;
  /** Whether anything changed. */
  readonly changed: string;
}

/** Why a form was refused: at the fields where it is about fields, otherwise here in full. */
export function FormProblem({ error, isPlaced, trying, changed }: FormProblemProps) {
  if (!error) return null;
  if (!isPlaced) return <ProblemNote error={error} trying={trying} changed={changed} />;
  return (
    <Notice kind="bad" title={`${trying}: see the field marked below`} isAlert>
      <p>{changed}</p>
    </Notice>
  );
}
