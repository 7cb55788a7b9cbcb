import { Button, TextInput } from '@mantine/core';
import styles from './ReasonChoice.module.css';

const templates = ['Suspicious sequence of calls', 'Suspected leaked credential', 'Wrong results', 'Drill'];
const longestReason = 500;

interface ReasonChoiceProps {
  readonly reason: string;
  readonly choose: (reason: string) => void;
}

export function ReasonChoice({ reason, choose }: ReasonChoiceProps) {
  return (
    <div>
      <TextInput
        label="Reason"
        description="Optional: stopping never waits for text"
        maxLength={longestReason}
        value={reason}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      <div className={styles['templates']} role="group" aria-label="Reason templates">
        {templates.map((template) => (
          <Button
            key={template}
            size="compact-sm"
            variant="default"
            aria-pressed={template === reason}
            onClick={() => choose(template)}
          >
            {template}
          </Button>
        ))}
      </div>
    </div>
  );
}
