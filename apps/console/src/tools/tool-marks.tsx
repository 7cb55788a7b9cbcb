import { Link } from 'react-router';
import type { ToolRowFragment } from '../gql/graphql.js';
import { StateMark, type StateKind } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import styles from './tools.module.css';

const pins: Readonly<Record<string, readonly [kind: StateKind, word: string]>> = {
  'not-pinned': ['off', 'not pinned yet'],
  accepted: ['ok', 'accepted'],
  quarantined: ['bad', 'quarantined'],
  'not-announced': ['off', 'not announced'],
};

export function PinMark({ pin }: { readonly pin: string }) {
  const [kind, word] = pins[pin] ?? ['caution', pin];
  return <StateMark kind={kind}>{word}</StateMark>;
}

export function ClassList({ classes }: { readonly classes: readonly string[] }) {
  if (classes.length === 0) return <StateMark kind="caution">none: counts as destructive</StateMark>;
  return <VisibleText text={classes.join(', ')} />;
}

export function ToolLink({ id, name }: { readonly id: string; readonly name: string }) {
  const path = id.split('/').map(encodeURIComponent).join('/');
  return (
    <Link to={`/tools/${path}`} className="mono">
      <VisibleText text={name} />
    </Link>
  );
}

/** `support in prod: 2 agents by 1 grant`, one line a role. */
export function Callers({ roles }: { readonly roles: ToolRowFragment['roles'] }) {
  if (roles.length === 0) return <span className="dim">nobody</span>;
  return (
    <ul className={styles['callers']}>
      {roles.map(({ role, environment, agents, grants }) => (
        <li key={role}>
          {role} in {environment}: {counted(agents, 'agent')} by {counted(grants, 'grant')}
        </li>
      ))}
    </ul>
  );
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
