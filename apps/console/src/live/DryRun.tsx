import { useLazyQuery } from '@apollo/client/react';
import { Button, Group } from '@mantine/core';
import type { DryRunInput } from '../gql/graphql.js';
import { Panel } from '../parts/Panel.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { dryRunQuery } from './dry-run.graphql.js';
import { DryRunReport } from './DryRunReport.js';

interface DryRunProps {
  /** The change; nothing of it is made. */
  readonly change: Partial<DryRunInput>;
  readonly isDisabled?: boolean;
}

const windows = [
  [1, 'the last hour'],
  [24, 'the last 24 hours'],
  [168, 'the last 7 days'],
] as const;

/** Tries a change on what was called, before it is made. */
export function DryRun({ change, isDisabled = false }: DryRunProps) {
  const [run, { data, error, loading, variables }] = useLazyQuery(dryRunQuery, { fetchPolicy: 'no-cache' });
  const start = (hours: number) =>
    run({ variables: { input: { grants: [], revoke: [], retire: [], ...change, hours } } }).catch(() => undefined);
  return (
    <Panel title="What would change if…">
      <p className="dim">
        The calls that were recorded are decided again with this change, by the function the guards use.
      </p>
      <Group gap="xs">
        {windows.map(([hours, words]) => (
          <Button
            key={hours}
            variant="default"
            size="compact-sm"
            disabled={isDisabled}
            loading={loading && variables?.input?.hours === hours}
            onClick={() => void start(hours)}
          >
            Try it on {words}
          </Button>
        ))}
      </Group>
      {error ? <ProblemNote error={error} trying="It could not be tried" changed="Nothing changed." /> : null}
      {data && !error ? <DryRunReport report={data.dryRun} /> : null}
    </Panel>
  );
}
