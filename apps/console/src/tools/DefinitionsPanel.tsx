import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ToolDefinitionPartsFragment as Definition } from '../gql/graphql.js';
import { ActButton } from '../parts/ActButton.js';
import { Panel } from '../parts/Panel.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { When } from '../parts/When.js';
import { AcceptDefinition, WithdrawDefinition } from './DefinitionDialogs.js';
import { DefinitionDiff, WholeDefinition } from './DefinitionDiff.js';
import styles from './tools.module.css';

interface DefinitionsPanelProps {
  readonly tool: string;
  readonly isPinned: boolean;
  readonly definitions: readonly Definition[];
}

/** All that the server ever said of the tool: what is announced first, then what is accepted, then what was. */
export function DefinitionsPanel({ tool, isPinned, definitions }: DefinitionsPanelProps) {
  if (definitions.length === 0)
    return (
      <Panel title="Definitions">
        <p className="dim">Its server has not announced it yet. It will be pinned to what is announced first.</p>
      </Panel>
    );
  const accepted = definitions.find(({ acceptedAt }) => acceptedAt !== null);
  const ordered = [...definitions].sort((one, other) => rank(one) - rank(other));
  return (
    <Panel title="Definitions">
      {ordered.map((definition) => (
        <OneDefinition key={definition.hash} {...{ tool, isPinned, definition }} against={accepted} />
      ))}
    </Panel>
  );
}

function rank({ announcedBy, acceptedAt }: Definition): number {
  return (announcedBy.length > 0 ? 0 : 2) + (acceptedAt === null ? 0 : 1);
}

interface OneDefinitionProps {
  readonly tool: string;
  readonly isPinned: boolean;
  readonly definition: Definition;
  /** An accepted one, which a changed one is compared with. */
  readonly against: Definition | undefined;
}

function OneDefinition({ tool, isPinned, definition, against }: OneDefinitionProps) {
  const { hash, said, acceptedAt, announcedBy } = definition;
  const [asking, setAsking] = useState<'accept' | 'withdraw' | null>(null);
  const [isOpen, setOpen] = useState(acceptedAt === null && announcedBy.length > 0);
  const close = () => setAsking(null);
  const title = `definition ${hash.slice(0, 12)}`;
  return (
    <section className={styles['definition']} aria-label={title}>
      <DefinitionState {...{ isPinned, definition }} />
      <p className={styles['hash']}>{hash}</p>
      {isOpen ? <DefinitionText {...{ tool, hash, said, against }} isAccepted={acceptedAt !== null} /> : null}
      <div className={styles['acts']}>
        <Button size="compact-sm" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide' : 'Read'} {title}
        </Button>
        {acceptedAt === null ? (
          <ActButton needs="servers:write" size="compact-sm" onClick={() => setAsking('accept')}>
            Accept {title}
          </ActButton>
        ) : (
          <ActButton needs="servers:write" size="compact-sm" variant="default" onClick={() => setAsking('withdraw')}>
            Withdraw {title}
          </ActButton>
        )}
      </div>
      {asking === 'accept' ? (
        <AcceptDefinition {...{ tool, hash, close }} isAnnounced={announcedBy.length > 0} />
      ) : null}
      {asking === 'withdraw' ? (
        <WithdrawDefinition {...{ tool, hash, close }} isAnnounced={announcedBy.length > 0} />
      ) : null}
    </section>
  );
}

function DefinitionState({ isPinned, definition }: Pick<OneDefinitionProps, 'isPinned' | 'definition'>) {
  const { acceptedAt, acceptedBy, withdrawnAt, withdrawnBy, announcedBy, firstObservedAt, lastObservedAt } = definition;
  return (
    <>
      <p>
        {acceptedAt !== null ? (
          <StateMark kind="ok">accepted</StateMark>
        ) : isPinned && announcedBy.length > 0 ? (
          <StateMark kind="bad">quarantined: calls are refused and the tool is hidden</StateMark>
        ) : (
          <StateMark kind="off">not accepted</StateMark>
        )}{' '}
        {acceptedAt !== null ? (
          <>
            <When at={acceptedAt} /> by <VisibleText text={acceptedBy ?? ''} />
          </>
        ) : withdrawnAt !== null ? (
          <>
            withdrawn <When at={withdrawnAt} /> by <VisibleText text={withdrawnBy ?? ''} />
          </>
        ) : null}
      </p>
      <p className="dim">
        {announcedBy.length > 0 ? `Announced now by ${announcedBy.join(', ')}. ` : 'Announced by no guard now. '}
        First seen <When at={firstObservedAt} />, last <When at={lastObservedAt} />.
      </p>
    </>
  );
}

interface DefinitionTextProps {
  readonly tool: string;
  readonly hash: string;
  readonly said: unknown;
  readonly against: Definition | undefined;
  readonly isAccepted: boolean;
}

function DefinitionText({ tool, hash, said, against, isAccepted }: DefinitionTextProps) {
  if (!isSaid(said)) return <p>It is too long to be shown, and cannot be accepted. Let the server say less.</p>;
  if (isAccepted || !against || !isSaid(against.said)) return <WholeDefinition said={said} />;
  return (
    <>
      <p>Compared with the accepted definition {against.hash.slice(0, 12)}:</p>
      <DefinitionDiff tool={tool} from={against.hash} to={hash} />
    </>
  );
}

function isSaid(said: unknown): said is Readonly<Record<string, unknown>> {
  return typeof said === 'object' && said !== null;
}
