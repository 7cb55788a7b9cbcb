import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { QuotaUseFragment } from '../gql/graphql.js';
import { PlainTable } from '../parts/PlainTable.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { When } from '../parts/When.js';
import { oldestReport, quotaStanding } from './quota-words.js';
import styles from './QuotaUse.module.css';

const shownAtFirst = 50;

interface QuotaUseProps {
  readonly usage: readonly QuotaUseFragment[];
  /** Names the grant of each, where there are several. */
  readonly isByGrant?: boolean;
}

/** Quotas in the windows that run now: how much of each is used, by whom, and how old that is. */
export function QuotaUse({ usage, isByGrant = false }: QuotaUseProps) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? usage : usage.slice(0, shownAtFirst);
  const asOf = oldestReport(usage.flatMap(({ shares }) => shares));
  return (
    <>
      <p className="dim">
        {asOf === null ? (
          'No guard has reported since these were counted.'
        ) : (
          <>
            As guards reported; the oldest of these reports is from <When at={asOf} />.
          </>
        )}
      </p>
      <PlainTable
        label="Use of quotas"
        heads={[...(isByGrant ? ['Grant'] : []), 'Quota', 'For', 'Used', 'Window', 'Counted and held by']}
        rows={shown.map((one) => ({
          id: `${one.grant} ${one.text} ${one.agent ?? ''} ${one.user ?? ''} ${one.conversation ?? ''} ${one.from}`,
          cells: [...(isByGrant ? [<OfGrant {...one} />] : []), ...cellsOf(one)],
        }))}
      />
      {shown.length === usage.length ? null : (
        <Button variant="default" size="compact-sm" mt="xs" onClick={() => setWhole(true)}>
          Show all {usage.length.toLocaleString()}
        </Button>
      )}
    </>
  );
}

function cellsOf({ text, used, limit, until, shares, ...whom }: QuotaUseFragment): readonly ReactNode[] {
  return [
    <VisibleText text={text} />,
    <Whom {...whom} />,
    <Used used={used} limit={limit} />,
    <>
      ends <When at={until} />
    </>,
    shares.length === 0 ? <span className="dim">nobody yet</span> : <Shares shares={shares} />,
  ];
}

function OfGrant({ grant, what }: Pick<QuotaUseFragment, 'grant' | 'what'>) {
  return (
    <Link to={`/grants/${encodeURIComponent(grant)}`} className="mono">
      <VisibleText text={what} />
    </Link>
  );
}

function Whom({ agent, user, conversation }: Pick<QuotaUseFragment, 'agent' | 'user' | 'conversation'>) {
  const named: readonly (readonly [string, string | null])[] = [
    ['agent', agent],
    ['user', user],
    ['conversation', conversation],
  ];
  return named.flatMap(([word, id]) =>
    id === null ? (
      []
    ) : (
      <div key={word}>
        {word} <VisibleText text={id} />
      </div>
    ),
  );
}

function Used({ used, limit }: { readonly used: number; readonly limit: number }) {
  const { kind, word, share } = quotaStanding(used, limit);
  return (
    <span className={styles['use']}>
      <StateMark kind={kind}>
        {numberText(used)} of {numberText(limit)}, {word}
      </StateMark>
      <span className={styles['bar']} aria-hidden="true">
        <span className={styles['fill']} style={{ width: `${share * 100}%` }} />
      </span>
    </span>
  );
}

function Shares({ shares }: Pick<QuotaUseFragment, 'shares'>) {
  return (
    <ul className={styles['shares']}>
      {shares.map(({ guard, server, used, held, reportedAt }) => (
        <li key={guard}>
          <VisibleText text={server ?? guard} />
          {server === null ? null : (
            <span className="dim">
              {' '}
              (<VisibleText text={guard} />)
            </span>
          )}
          : used {numberText(used)}
          {held === 0 ? '' : `, holds ${numberText(held)}`}
          <span className="dim">, reported {reportedAt === null ? 'never' : <When at={reportedAt} />}</span>
        </li>
      ))}
    </ul>
  );
}

function numberText(value: number): string {
  return value.toLocaleString(undefined, { maximumFractionDigits: 4 });
}
