import { Button, Select, Textarea, TextInput } from '@mantine/core';
import type { CheckPolicyQuery } from '../gql/graphql.js';
import { Panel } from '../parts/Panel.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { newTest, type DraftTest } from './policy-draft.js';
import styles from './policies.module.css';

type Result = CheckPolicyQuery['checkPolicy']['results'][number];

interface PolicyTestsProps {
  readonly tests: readonly DraftTest[];
  readonly setTests: (tests: readonly DraftTest[]) => void;
  readonly results: readonly Result[];
  readonly isReadOnly: boolean;
}

/** Named assertions that are stored with the policy and block publishing when they fail. */
export function PolicyTests({ tests, setTests, results, isReadOnly }: PolicyTestsProps) {
  const add = isReadOnly ? null : (
    <Button
      variant="default"
      size="compact-sm"
      onClick={() => setTests([...tests, newTest(tests.length + Date.now())])}
    >
      Add a test
    </Button>
  );
  const change = (key: string, part: Partial<DraftTest>) =>
    setTests(tests.map((test) => (test.key === key ? { ...test, ...part } : test)));
  return (
    <Panel title="Tests" actions={add}>
      {tests.length === 0 ? <p className="dim">No test says yet what this policy is for.</p> : null}
      {tests.map((test, index) => (
        <fieldset key={test.key} className={styles['test']} disabled={isReadOnly}>
          <legend className="unseen">Test {index + 1}</legend>
          <TextInput
            label="It says"
            value={test.name}
            onChange={(event) => change(test.key, { name: event.currentTarget.value })}
          />
          <Select
            label="Wants"
            data={['deny', 'hold', 'pass']}
            allowDeselect={false}
            value={test.want}
            onChange={(want) => change(test.key, { want: want ?? test.want })}
          />
          <Textarea
            label="Call, as JSON"
            autosize
            minRows={3}
            spellCheck={false}
            value={test.call}
            onChange={(event) => change(test.key, { call: event.currentTarget.value })}
          />
          <TestResult result={results.find(({ name }) => name === test.name.trim())} />
          {isReadOnly ? null : (
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => setTests(tests.filter(({ key }) => key !== test.key))}
            >
              Remove test {index + 1}
            </Button>
          )}
        </fieldset>
      ))}
    </Panel>
  );
}

function TestResult({ result }: { readonly result: Result | undefined }) {
  if (!result) return <p className="dim">Not run</p>;
  return (
    <p>
      <StateMark kind={result.passed ? 'ok' : 'bad'}>
        {result.passed ? 'Passed' : `Failed: got ${result.got}`}
      </StateMark>{' '}
      {result.detail === null ? null : <VisibleText text={result.detail} />}
    </p>
  );
}
