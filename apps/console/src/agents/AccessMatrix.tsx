import { useDeferredValue, useMemo } from 'react';
import type { EffectiveAccessQuery } from '../gql/graphql.js';
import { EnvironmentChip } from '../parts/EnvironmentChip.js';
import { FilterBar } from '../parts/FilterBar.js';
import { useListAddress } from '../parts/list-address.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { AccessCell, type Asked } from './AccessCell.js';
import { accessRows, environmentsOf } from './access-rows.js';
import styles from './AgentAccess.module.css';

const mostShown = 200;

interface AccessMatrixProps {
  readonly rows: EffectiveAccessQuery['effectiveAccess']['rows'];
  /** The environments where rules are only recorded now. */
  readonly observed: readonly string[];
  readonly why: (asked: Asked) => void;
}

/** Tool by environment: for each role held there what it may do, under which conditions, or why not. */
export function AccessMatrix({ rows, observed, why }: AccessMatrixProps) {
  const { filter, setFilter } = useListAddress('tool');
  const wanted = useDeferredValue(filter.trim().toLowerCase());
  const tools = useMemo(() => accessRows(rows), [rows]);
  const environments = useMemo(() => environmentsOf(rows), [rows]);
  const matching = useMemo(() => tools.filter(({ name }) => name.toLowerCase().includes(wanted)), [tools, wanted]);
  if (tools.length === 0) return <p>No server has a registered tool yet, so there is nothing to be allowed.</p>;
  return (
    <>
      <FilterBar
        label="Filter by tool"
        filter={filter}
        setFilter={setFilter}
        shown={matching.length}
        total={tools.length}
      />
      <div className={styles['scroll']} role="region" aria-label="Access by tool and environment" tabIndex={0}>
        <table className={styles['matrix']}>
          <thead>
            <tr>
              <th scope="col">Tool</th>
              {environments.map((environment) => (
                <th key={environment} scope="col">
                  <EnvironmentChip environment={environment} />{' '}
                  {observed.includes(environment) ? <StateMark kind="caution">observed</StateMark> : null}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {matching.slice(0, mostShown).map(({ name, byEnvironment }) => (
              <tr key={name}>
                <th scope="row" className="mono">
                  <VisibleText text={name} />
                </th>
                {environments.map((environment) => (
                  <td key={environment}>
                    <AccessCell
                      tool={name}
                      standings={byEnvironment.get(environment) ?? []}
                      environment={environment}
                      why={why}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {matching.length > mostShown ? (
        <p role="status">
          {mostShown} of {matching.length.toLocaleString()} tools are shown. Filter by a part of the name to see others.
        </p>
      ) : null}
    </>
  );
}
