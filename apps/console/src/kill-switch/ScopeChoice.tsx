import { Button, Radio } from '@mantine/core';
import { useState } from 'react';
import type { StopAim, StopScope } from '../shell/kill-switch-opener.js';
import { TargetChoice } from './TargetChoice.js';
import styles from './ScopeChoice.module.css';

const usual: readonly (readonly [StopScope, string])[] = [
  ['agent', 'Agent'],
  ['server', 'Server'],
  ['tool_class', 'Tool class'],
  ['environment', 'Environment'],
  ['everything', 'Everything'],
];
const rare: readonly (readonly [StopScope, string])[] = [
  ['tool', 'Tool'],
  ['role', 'Role'],
  ['user', 'User of an agent'],
  ['conversation', 'Conversation'],
];

interface ScopeChoiceProps {
  readonly aim: StopAim;
  readonly choose: (aim: StopAim) => void;
}

export function ScopeChoice({ aim, choose }: ScopeChoiceProps) {
  const [showsRare, setShowsRare] = useState(rare.some(([scope]) => scope === aim.scope));
  const scopes = showsRare ? [...usual.slice(0, 4), ...rare, ...usual.slice(4)] : usual;
  return (
    <div>
      <Radio.Group
        label="What should stop?"
        value={aim.scope}
        onChange={(scope) => choose({ scope: scope as StopScope, target: '' })}
      >
        <div className={styles['scopes']}>
          {scopes.map(([scope, label]) => (
            <div key={scope} className={styles['scope']}>
              <Radio value={scope} label={label} />
              {scope === aim.scope && scope !== 'everything' ? (
                <TargetChoice aim={aim} label={label} choose={(target) => choose({ scope, target })} />
              ) : null}
            </div>
          ))}
        </div>
      </Radio.Group>
      {showsRare ? null : (
        <Button size="compact-sm" variant="subtle" mt="xs" onClick={() => setShowsRare(true)}>
          More scopes
        </Button>
      )}
    </div>
  );
}
