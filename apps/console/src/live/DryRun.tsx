import { useLazyQuery } from '@apollo/client/react';
import { Button, Group } from '@mantine/core';
import type { DryRunInput } from '../gql/graphql.js';
import { Panel } from '../parts/Panel.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { chordKeys, useKeyChord } from '../parts/use-key-chord.js';
import { dryRunQuery } from './dry-run.graphql.js';
import { DryRunReport } from './DryRunReport.js';

interface DryRunProps {
  /** The change; nothing of it is made. */
  readonly change: Partial<DryRunInput>;
  readonly isDisabled?: boolean;
  /** Whether Ctrl or Cmd with Enter tries it on the last day. */
  readonly hasChord?: boolean;
}

const day = 24;
const windows = [
  [1, 'the last hour'],
  [day, 'the last 24 hours'],
  [168, 'the last 7 days'],
] as const;

/** Tries a change on what was called, before it is made. */
export function DryRun({ change, isDisabled = false, hasChord = false }: DryRunProps) {
  const [run, { data, error, loading, variables }] = useLazyQuery(dryRunQuery, { fetchPolicy: 'no-cache' });
  const start = (hours: number) =>
    run({ variables: { input: { grants: [], revoke: [], retire: [], ...change, hours } } }).catch(() => undefined);
  useKeyChord('Enter', hasChord ? () => void (isDisabled ? undefined : start(day)) : null);
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
            {...(hasChord && hours === day ? chordKeys('Enter') : {})}
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
