import { Button } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { Link } from 'react-router';
import { ConvergenceOf } from '../live/ConvergenceLine.js';
import { Accepted } from '../parts/Accepted.js';
import { ActButton } from '../parts/ActButton.js';
import { FormProblem } from '../parts/FormProblem.js';
import { Loading } from '../parts/Loading.js';
import { Panel } from '../parts/Panel.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { When } from '../parts/When.js';
import styles from './AddGrant.module.css';
import { ConfirmWidening } from './ConfirmWidening.js';
import { GrantParts } from './GrantParts.js';
import { useWidenForm, type Conversation } from './use-widen-form.js';
import { WidenedConversation } from './WidenedConversation.js';
import { WidenFields } from './WidenFields.js';

export function WidenForm({ conversation }: { readonly conversation: Conversation }) {
  const widening = useWidenForm(conversation);
  const { made, unknown, isKnown } = widening;
  const [isConfirming, setConfirming] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (made.error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [made.error]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (widening.draft.toolId !== null) setConfirming(true);
  };
  if (made.data) return <Widened {...made.data.widenConversation} agent={conversation.agent} />;
  return (
    <form ref={form} className={styles['form']} onSubmit={submit}>
      {unknown ? <ProblemNote error={unknown} trying="Roles and tools could not be loaded" /> : null}
      <Panel title="The conversation">
        <WidenedConversation conversation={conversation} />
      </Panel>
      {isKnown ? (
        <>
          <Panel title="What it may do, and for how long">
            <WidenFields conversation={conversation} widening={widening} />
          </Panel>
          <GrantParts grant={widening} />
        </>
      ) : unknown ? null : (
        <Loading lines={6} />
      )}
      <FormProblem
        error={made.error}
        isPlaced={Object.keys(widening.refused).length > 0}
        trying="Not widened"
        changed="Nothing changed. What you wrote is kept on this page."
      />
      <div className={styles['acts']}>
        <ActButton needs="grants:write" type="submit" className="tall">
          Widen…
        </ActButton>
      </div>
      {isConfirming ? (
        <ConfirmWidening conversation={conversation} widening={widening} close={() => setConfirming(false)} />
      ) : null}
    </form>
  );
}

interface WidenedProps {
  readonly revision: number;
  readonly widening: { readonly notAfter: number };
  readonly agent: string;
}

function Widened({ revision, widening, agent }: WidenedProps) {
  return (
    <Panel title="Widened">
      <Accepted revision={revision}>
        It ends <When at={widening.notAfter} /> by itself, or when somebody ends it.
      </Accepted>
      <ConvergenceOf revision={revision} />
      <Button component={Link} to={`/widenings?agent=${encodeURIComponent(agent)}`} variant="default" mt="md">
        See its widenings
      </Button>
    </Panel>
  );
}
