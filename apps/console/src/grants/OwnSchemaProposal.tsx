import { Button } from '@mantine/core';
import { VisibleText } from '../parts/VisibleText.js';
import { toolsOf } from './grant-draft.js';
import { newPart } from './part-draft.js';
import styles from './Parts.module.css';
import type { GrantBeingWritten } from './use-grant-form.js';

const isOwnSchema = ({ kind }: { readonly kind: string }) => kind === 'schema';

/** Of a grant for one tool: that its own schema is kept, which no limit on a parameter says of the others. */
export function OwnSchemaProposal({ grant }: { readonly grant: GrantBeingWritten }) {
  const { draft, known, parameters, set } = grant;
  const [tool] = draft.isClass ? [] : toolsOf(draft, known.data);
  if (!tool?.inputSchema || draft.constraints.some(isOwnSchema)) return null;
  const named = parameters.filter(({ path }) => !path.includes('.'));
  return (
    <div className={styles['proposal']}>
      <p>
        <span className="mono">
          <VisibleText text={tool.id} />
        </span>{' '}
        {named.length === 0 ? 'names no parameter' : 'says what it takes: '}
        <VisibleText text={named.map(({ path, type }) => (type ? `${path} (${type})` : path)).join(', ')} />. Where its
        schema is kept, other arguments are refused.
      </p>
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => set({ constraints: [...draft.constraints, newPart('schema')] })}
      >
        Keep to its schema
      </Button>
    </div>
  );
}
