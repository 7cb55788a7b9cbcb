import { Button } from '@mantine/core';
import { useEffect, useRef, type FormEvent } from 'react';
import { FormProblem } from '../parts/FormProblem.js';
import { Panel } from '../parts/Panel.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import styles from './AddGrant.module.css';
import type { GrantDraft } from './grant-draft.js';
import { GrantParts } from './GrantParts.js';
import { GrantPlace } from './GrantPlace.js';
import { GrantReview } from './GrantReview.js';
import { GrantTimes } from './GrantTimes.js';
import { OwnSchemaProposal } from './OwnSchemaProposal.js';
import { useGrantForm } from './use-grant-form.js';

export function GrantForm({ first }: { readonly first: GrantDraft }) {
  const grant = useGrantForm(first);
  const { known, draft, refused, error, isReviewing, reviewed, preview, set } = grant;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void grant.review();
  };
  return (
    <form ref={form} className={styles['form']} onSubmit={submit}>
      {known.error ? <ProblemNote error={known.error} trying="Roles and tools could not be loaded" /> : null}
      <Panel title="Who and what">
        <GrantPlace draft={draft} known={known.data} refused={refused} set={set} />
      </Panel>
      <GrantParts grant={grant} proposal={<OwnSchemaProposal grant={grant} />} />
      <Panel title="When">
        <GrantTimes draft={draft} isRead={grant.isRead} refused={refused} set={set} />
      </Panel>
      <FormProblem
        error={error}
        isPlaced={false}
        trying="Not granted"
        changed="Nothing changed. What you wrote is kept on this page."
      />
      {reviewed && preview ? (
        <GrantReview preview={preview} input={reviewed} made={grant.made} save={grant.save} />
      ) : (
        <div className={styles['acts']}>
          <Button type="submit" className="tall" loading={isReviewing}>
            See what it would change
          </Button>
        </div>
      )}
    </form>
  );
}
