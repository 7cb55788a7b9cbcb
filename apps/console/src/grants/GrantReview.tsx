import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { CreateGrantInput, PreviewedAccessFragment } from '../gql/graphql.js';
import { ConvergenceOf } from '../live/ConvergenceLine.js';
import { DryRun } from '../live/DryRun.js';
import { ActButton } from '../parts/ActButton.js';
import { ConfirmDialog } from '../parts/ConfirmDialog.js';
import { Panel } from '../parts/Panel.js';
import { visibleString } from '../parts/visible-text.js';
import { PreviewedAccess } from './PreviewedAccess.js';

interface GrantReviewProps {
  readonly preview: PreviewedAccessFragment;
  readonly input: CreateGrantInput;
  readonly made: {
    readonly data?: { readonly createGrant: { readonly revision: number } } | null;
    readonly loading: boolean;
  };
  readonly save: () => Promise<void>;
}

/** The environments whose widening is confirmed once more. */
const guarded: ReadonlySet<string> = new Set(['prod']);

/** What the grant would change, before it is saved; where it widens production it is confirmed a second time. */
export function GrantReview({ preview, input, made, save }: GrantReviewProps) {
  const [isConfirming, setConfirming] = useState(false);
  const what = visibleString(String(input.toolId ?? `class ${input.toolClass ?? ''}`));
  const environment = visibleString(String(input.environment));
  const role = visibleString(String(input.role));
  const isGuarded = preview.widens && guarded.has(preview.environment);
  if (made.data)
    return (
      <Panel title="Granted">
        <p role="status">
          {what} in {environment} is granted to role {role}.
        </p>
        <ConvergenceOf revision={made.data.createGrant.revision} />
        <Button component={Link} to="/grants" variant="default" mt="md">
          See the grants
        </Button>
      </Panel>
    );
  return (
    <Panel title="What it would change">
      <PreviewedAccess preview={preview} />
      <DryRun change={{ grants: [input] }} />
      <ActButton
        needs="grants:write"
        className="tall"
        mt="md"
        loading={made.loading}
        onClick={() => (isGuarded ? setConfirming(true) : void save())}
      >
        {isGuarded ? `Widen ${environment}…` : 'Add grant'}
      </ActButton>
      <ConfirmDialog
        isOpen={isConfirming}
        close={() => setConfirming(false)}
        title={`Widen ${environment} for role ${role}`}
        act={`Widen ${environment}`}
        tone="plain"
        isWorking={made.loading}
        confirm={() => void save().then(() => setConfirming(false))}
      >
        <p>It grants {what}.</p>
        <PreviewedAccess preview={preview} />
        <p>It holds as soon as the servers have applied it, and until it is revoked or ends.</p>
      </ConfirmDialog>
    </Panel>
  );
}
