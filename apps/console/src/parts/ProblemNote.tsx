import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { CopyButton } from './CopyButton.js';
import { Notice } from './Notice.js';
import { problemOf, type ShownProblem } from './problem.js';
import { problemTexts } from './problem-texts.js';
import { VisibleText } from './VisibleText.js';

const grantsInTheWay = { what: 'Grants stand in the way', next: 'Revoke them first.' };

interface ProblemNoteProps {
  readonly error: unknown;
  /** What was tried, such as "The agents could not be loaded". */
  readonly trying: string;
  /** Said for acts: whether anything changed. */
  readonly changed?: string;
  readonly children?: ReactNode;
}

export function ProblemNote({ error, trying, changed, children }: ProblemNoteProps) {
  const problem = problemOf(error);
  const { what, next } = problem.grants.length > 0 ? grantsInTheWay : problemTexts[problem.code];
  return (
    <Notice kind="bad" title={`${trying}: ${lowerFirst(what)}`} isAlert>
      <p>
        {changed === undefined ? null : `${changed} `}
        {next}
      </p>
      <Said problem={problem} />
      <InTheWay grants={problem.grants} />
      {problem.requestId === null ? null : (
        <p>
          Request <code>{problem.requestId}</code> <CopyButton value={problem.requestId} label="Copy request id" />
        </p>
      )}
      {children}
    </Notice>
  );
}

function Said({ problem }: { readonly problem: ShownProblem }) {
  if (problem.said === null || problem.code === 'unauthenticated') return null;
  return (
    <p className="dim">
      The server said: <VisibleText text={problem.said} />
    </p>
  );
}

function InTheWay({ grants }: Pick<ShownProblem, 'grants'>) {
  if (grants.length === 0) return null;
  return (
    <ul aria-label="Grants in the way">
      {grants.map((id) => (
        <li key={id}>
          <Link to={`/grants/${encodeURIComponent(id)}`} className="mono">
            <VisibleText text={id} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function lowerFirst(text: string): string {
  return text === text.toUpperCase() ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
