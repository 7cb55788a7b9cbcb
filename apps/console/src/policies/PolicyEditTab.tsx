import { useMutation } from '@apollo/client/react';
import { Button, Switch, Textarea } from '@mantine/core';
import { useState } from 'react';
import { DryRun } from '../live/DryRun.js';
import { ActButton } from '../parts/ActButton.js';
import { Notice } from '../parts/Notice.js';
import { useMay } from '../parts/permissions.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { chordKeys, chordText, useKeyChord } from '../parts/use-key-chord.js';
import { CedarEditor } from './CedarEditor.js';
import { savePolicyDraftMutation } from './policies.graphql.js';
import { PublishPolicy } from './policy-acts.js';
import { draftTests, parsedTests } from './policy-draft.js';
import { PolicyProblems } from './PolicyProblems.js';
import { PolicyReview } from './PolicyReview.js';
import { PolicyTests } from './PolicyTests.js';
import { usePolicy, type ShownPolicy } from './PolicyPage.js';
import styles from './policies.module.css';
import { useChecked } from './use-checked.js';

export function PolicyEditTab() {
  const policy = usePolicy();
  const isReadOnly = !useMay('policies:write') || policy.retiredAt !== null;
  const [newest] = policy.versions;
  const [text, setText] = useState(newest?.text ?? '');
  const [tests, setTests] = useState(() => draftTests(newest));
  const [isPlain, setPlain] = useState(false);
  const parsed = parsedTests(tests);
  const checked = useChecked(policy.environment, text, parsed.tests);
  const problems = checked.answer?.problems ?? [];
  const isSaved = text === newest?.text && sameTests(tests, policy);
  return (
    <>
      <Switch
        label="Plain text field"
        checked={isPlain}
        onChange={(event) => setPlain(event.currentTarget.checked)}
        mb="sm"
      />
      {isPlain ? (
        <Textarea
          label="Policy text"
          autosize
          minRows={10}
          spellCheck={false}
          readOnly={isReadOnly}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      ) : (
        <CedarEditor text={text} setText={setText} problems={problems} isReadOnly={isReadOnly} />
      )}
      <PolicyProblems checked={checked} isReadOnly={isReadOnly} />
      <PolicyReview policy={policy} isSaved={isSaved} />
      <Acts policy={policy} text={text} tests={parsed} isSaved={isSaved} />
      <div className={styles['stack']}>
        {policy.retiredAt === null ? (
          <DryRun
            change={{ policy: { id: policy.id, environment: policy.environment, text } }}
            isDisabled={problems.length > 0}
            hasChord
          />
        ) : null}
        <PolicyTests
          tests={tests}
          setTests={setTests}
          results={checked.answer?.results ?? []}
          isReadOnly={isReadOnly}
        />
      </div>
    </>
  );
}

function sameTests(tests: ReturnType<typeof draftTests>, { versions }: ShownPolicy): boolean {
  const plain = (all: ReturnType<typeof draftTests>) => JSON.stringify(all.map(({ key: _key, ...test }) => test));
  return plain(tests) === plain(draftTests(versions[0]));
}

interface ActsProps {
  readonly policy: ShownPolicy;
  readonly text: string;
  readonly tests: ReturnType<typeof parsedTests>;
  readonly isSaved: boolean;
}

function Acts({ policy, text, tests, isSaved }: ActsProps) {
  const { id, name, environment, newestVersion, liveVersion, needsReview, versions } = policy;
  const [basedOn, setBasedOn] = useState(newestVersion);
  const [save, saving] = useMutation(savePolicyDraftMutation);
  const [isPublishing, setPublishing] = useState(false);
  const isReviewed = !needsReview || versions[0]?.reviewedBy !== null;
  const keep = async () => {
    const input = { id, name, environment, text, tests: tests.tests, basedOn };
    const answer = await save({ variables: { input }, refetchQueries: ['PolicyPage'] }).catch(() => null);
    if (answer?.data) setBasedOn(answer.data.savePolicyDraft.policy.newestVersion);
  };
  const mayKeep = useMay('policies:write') && policy.retiredAt === null;
  const canKeep = !isSaved && tests.unreadable === null && !saving.loading;
  useKeyChord('s', mayKeep ? () => void (canKeep ? keep() : undefined) : null);
  if (policy.retiredAt !== null) return <Notice kind="off" title="It is retired, and can only be read" />;
  return (
    <>
      <Refused saving={saving.error} unreadable={tests.unreadable} />
      {basedOn === newestVersion ? null : (
        <Notice kind="caution" title={`Version ${newestVersion} was saved since you began`}>
          <p>See it under History. Saving yours on top of it makes the next version.</p>
          <Button variant="default" size="compact-sm" onClick={() => setBasedOn(newestVersion)}>
            Save mine on top of it
          </Button>
        </Notice>
      )}
      <div className={styles['acts']}>
        <ActButton
          needs="policies:write"
          variant="default"
          disabled={!canKeep}
          onClick={() => void keep()}
          {...chordKeys('S')}
        >
          Save draft
        </ActButton>
        <ActButton
          needs="policies:write"
          disabled={!isSaved || !isReviewed || newestVersion === liveVersion}
          onClick={() => setPublishing(true)}
        >
          Publish version {newestVersion}
        </ActButton>
      </div>
      {mayKeep ? (
        <p className="dim">
          {chordText('S')} saves the draft, {chordText('Enter')} tries it on the last 24 hours.
        </p>
      ) : null}
      {isPublishing ? (
        <PublishPolicy id={id} version={newestVersion} live={liveVersion} close={() => setPublishing(false)} />
      ) : null}
    </>
  );
}

interface RefusedProps {
  readonly saving: unknown;
  readonly unreadable: string | null;
}

function Refused({ saving, unreadable }: RefusedProps) {
  return (
    <>
      {saving ? (
        <ProblemNote error={saving} trying="The draft was not saved" changed="Your text is still here." />
      ) : null}
      {unreadable === null ? null : <Notice kind="bad" title={`The call of “${unreadable}” is no JSON`} isAlert />}
    </>
  );
}
