import { ConfirmDialog } from '../parts/ConfirmDialog.js';
import { EnvironmentChip } from '../parts/EnvironmentChip.js';
import { VisibleText } from '../parts/VisibleText.js';
import { visibleString } from '../parts/visible-text.js';
import type { Conversation, WideningBeingWritten } from './use-widen-form.js';

interface ConfirmWideningProps {
  readonly conversation: Conversation;
  readonly widening: WideningBeingWritten;
  readonly close: () => void;
}

/** Says that it gives, what, to whom alone, and for how long. */
export function ConfirmWidening({ conversation, widening, close }: ConfirmWideningProps) {
  const { draft, role, environment, said, made, save } = widening;
  const limits = draft.constraints.map((_, index) => said.constraint(index)?.text ?? 'a limit that is not complete');
  const then = draft.obligations.map((_, index) => said.obligation(index)?.text ?? 'something that is not complete');
  return (
    <ConfirmDialog
      isOpen
      close={close}
      title={`Widen a conversation of ${visibleString(conversation.agent)}`}
      act="Widen conversation"
      tone="plain"
      isWorking={made.loading}
      confirm={() => void save().then(close)}
    >
      <p>
        <strong>This is a widening:</strong> it allows what no grant allows now.
      </p>
      <ul>
        <li>
          {draft.task} on{' '}
          <span className="mono">
            <VisibleText text={draft.toolId ?? ''} />
          </span>{' '}
          {environment === null ? null : <EnvironmentChip environment={environment} />} by role{' '}
          <VisibleText text={role ?? 'none'} />,{' '}
          {limits.length === 0 ? <strong>whatever the arguments</strong> : <VisibleText text={limits.join(' and ')} />}
        </li>
        {then.map((text) => (
          <li key={text}>
            then: <VisibleText text={text} />
          </li>
        ))}
        <li>
          in conversation <span className="mono">{conversation.id}</span> alone
        </li>
        <li>for {draft.minutes} minutes, or until the conversation ends</li>
      </ul>
      <p>Stops, policies and pins go on refusing what they refuse. It can be ended at any time under Widenings.</p>
    </ConfirmDialog>
  );
}
