import { Autocomplete, Button, Select, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { FormProblem } from '../parts/FormProblem.js';
import { PageHeading } from '../parts/PageHeading.js';
import { Panel } from '../parts/Panel.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { visibleString } from '../parts/visible-text.js';
import styles from './AddGrant.module.css';
import { useWhoCan } from './use-who-can.js';
import { WhoCanAnswer } from './WhoCanAnswer.js';

/** "Which agents can refund over 100 in prod?", answered from the limits themselves. */
export function WhoCanPage() {
  const question = useWhoCan();
  const { known, error, answer } = question;
  return (
    <>
      <PageHeading title="Who can?" />
      {known.error ? <ProblemNote error={known.error} trying="Tools could not be loaded" /> : null}
      <div className={styles['form']}>
        <Panel title="The call">
          <FormProblem
            error={error}
            isPlaced={question.refused.isPlaced}
            trying="Not answered"
            changed="Nothing was changed by asking."
          />
          <Question question={question} />
        </Panel>
        {answer ? <WhoCanAnswer answer={answer} /> : null}
      </div>
    </>
  );
}

function Question({ question }: { readonly question: ReturnType<typeof useWhoCan> }) {
  const { known, draft, tools, parameters, refused, isNumber, loading, set, ask } = question;
  const { at } = refused;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask();
  };
  return (
    <form className={styles['fields']} onSubmit={submit}>
      <Select
        label="Environment"
        required
        data={known.data?.environments.map(({ id }) => ({ value: id, label: visibleString(id) })) ?? []}
        value={draft.environment}
        error={at.environment}
        onChange={(environment) => set({ environment })}
      />
      <Autocomplete
        label="Tool"
        description="Its name, or server/name"
        required
        data={tools.map(visibleString)}
        value={draft.tool}
        error={at.tool}
        onChange={(tool) => set({ tool })}
      />
      <Autocomplete
        label="With this parameter"
        description="Such as amount; empty: any arguments"
        data={parameters.map((one) => visibleString(one.path))}
        value={draft.path}
        error={at.path}
        onChange={(path) => set({ path })}
      />
      <TextInput
        label="Over"
        description="Empty: any number"
        inputMode="decimal"
        value={draft.over}
        error={isNumber ? at.over : 'Write a number'}
        onChange={(event) => set({ over: event.currentTarget.value })}
      />
      <Button type="submit" className="tall" loading={loading}>
        Who can?
      </Button>
    </form>
  );
}
