import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { ActButton } from '../parts/ActButton.js';
import { EnvironmentChip } from '../parts/EnvironmentChip.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { useNow, When } from '../parts/When.js';
import styles from './GrantCell.module.css';
import type { WideningRow } from './widening-row.js';

const shownOfId = 8;

export const wideningHeads = ['State', 'Agent and conversation', 'What', 'Why', 'By', 'Act'];

export function wideningCells(row: WideningRow, end: () => void): readonly ReactNode[] {
  const { agent, environment, widening } = row;
  const { id, conversation, role, toolId, task, constraintTexts, obligationTexts, reason, createdBy, createdAt } =
    widening;
  return [
    <State {...widening} />,
    <>
      <Link to={`/agents/${encodeURIComponent(agent)}/conversations`}>
        <VisibleText text={agent} />
      </Link>{' '}
      <span className="mono dim" title={conversation}>
        {conversation.slice(0, shownOfId)}…
      </span>
    </>,
    <span className={styles['grant']}>
      <span>
        {task} on{' '}
        <Link to={`/grants/${encodeURIComponent(id)}`} className="mono">
          <VisibleText text={toolId} />
        </Link>{' '}
        <EnvironmentChip environment={environment} /> by role <VisibleText text={role} />
      </span>
      {constraintTexts.map((text) => (
        <span key={text}>
          <VisibleText text={text} />
        </span>
      ))}
      {obligationTexts.map((text) => (
        <span key={text}>
          then: <VisibleText text={text} />
        </span>
      ))}
    </span>,
    <VisibleText text={reason} />,
    <>
      <VisibleText text={createdBy} />, <When at={createdAt} />
    </>,
    <End {...widening} end={end} />,
  ];
}

interface Lasting {
  readonly notAfter: number;
  readonly revokedAt: number | null;
}

function State({ notAfter, revokedAt }: Lasting) {
  const isOver = useNow() >= notAfter;
  if (revokedAt !== null && revokedAt < notAfter)
    return (
      <StateMark kind="off">
        ended early <When at={revokedAt} />
      </StateMark>
    );
  return (
    <StateMark kind={isOver ? 'closed' : 'caution'}>
      {isOver ? 'over' : 'active, ends'} <When at={notAfter} />
    </StateMark>
  );
}

function End({ toolId, notAfter, revokedAt, end }: Lasting & { readonly toolId: string; readonly end: () => void }) {
  const isOver = useNow() >= notAfter;
  if (revokedAt !== null || isOver) return null;
  return (
    <ActButton needs="grants:write" size="compact-sm" variant="default" onClick={end}>
      End now<span className="unseen">: {toolId}</span>
    </ActButton>
  );
}
