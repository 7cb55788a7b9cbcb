import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { GrantCellFragment } from '../gql/graphql.js';
import { EnvironmentChip } from '../parts/EnvironmentChip.js';
import { Facts } from '../parts/Facts.js';
import { StateMark } from '../parts/StateMark.js';
import { useNow, When } from '../parts/When.js';
import { VisibleText } from '../parts/VisibleText.js';
import styles from './GrantCell.module.css';
import { directoriesIn } from './named-directories.js';

interface GrantFactsProps {
  readonly grant: {
    readonly constraints: readonly unknown[];
    readonly obligations: readonly unknown[];
    readonly conversation: string | null;
    readonly revokedAt: number | null;
  };
  readonly cell: GrantCellFragment;
}

export function GrantFacts({ grant, cell }: GrantFactsProps) {
  const { role, environment, toolId, toolClass, task, constraintTexts, obligationTexts } = cell;
  const directories = directoriesIn([...grant.constraints, ...grant.obligations]);
  const facts: (readonly [string, ReactNode])[] = [
    ['State', <State revokedAt={grant.revokedAt} {...cell} />],
    ['Role', <VisibleText text={role} />],
    [
      'What',
      <>
        {task} on{' '}
        <span className="mono">
          {toolId === null ? 'class ' : ''}
          <VisibleText text={toolId ?? toolClass ?? ''} />
        </span>
      </>,
    ],
    ['Environment', <EnvironmentChip environment={environment} />],
    ['Limits', <Texts texts={constraintTexts} none="none: whatever the arguments" />],
    ['Then', <Texts texts={obligationTexts} none="nothing more is done about an allowed call" />],
  ];
  if (directories.length > 0) facts.push(['Directories', <Directories ids={directories} />]);
  if (grant.conversation !== null)
    facts.push([
      'Only in',
      <>
        conversation <span className="mono">{grant.conversation}</span>: it is a <Link to="/widenings">widening</Link>
      </>,
    ]);
  return <Facts facts={facts} />;
}

function State({ revokedAt, notBefore, notAfter }: GrantCellFragment & { readonly revokedAt: number | null }) {
  const now = useNow();
  if (revokedAt !== null)
    return (
      <StateMark kind="off">
        revoked <When at={revokedAt} />
      </StateMark>
    );
  if (notAfter !== null && notAfter <= now)
    return (
      <StateMark kind="closed">
        ended <When at={notAfter} />
      </StateMark>
    );
  const isAhead = notBefore !== null && notBefore > now;
  return (
    <StateMark kind={isAhead ? 'moving' : 'ok'}>
      {isAhead ? (
        <>
          begins <When at={notBefore} />
        </>
      ) : (
        'gives'
      )}
      {notAfter === null ? ' until it is revoked' : ', ends '}
      {notAfter === null ? null : <When at={notAfter} />}
    </StateMark>
  );
}

function Texts({ texts, none }: { readonly texts: readonly string[]; readonly none: string }) {
  if (texts.length === 0) return <span className="dim">{none}</span>;
  return (
    <ul className={styles['grants']}>
      {texts.map((text, index) => (
        <li key={`${index} ${text}`}>
          <VisibleText text={text} />
        </li>
      ))}
    </ul>
  );
}

function Directories({ ids }: { readonly ids: readonly string[] }) {
  return (
    <ul className={styles['grants']}>
      {ids.map((id) => (
        <li key={id}>
          <Link to={`/directories/${encodeURIComponent(id)}`} className="mono">
            <VisibleText text={id} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
