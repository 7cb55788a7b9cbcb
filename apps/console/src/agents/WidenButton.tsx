import { useNavigate } from 'react-router';
import { ActButton } from '../parts/ActButton.js';

interface WidenButtonProps {
  readonly conversation: string;
  readonly words: string;
}

/** Leads to the form that grants this conversation something for a limited time. */
export function WidenButton({ conversation, words }: WidenButtonProps) {
  const navigate = useNavigate();
  return (
    <ActButton
      needs="grants:write"
      size="compact-sm"
      variant="default"
      onClick={() => void navigate(`/widenings/new?conversation=${encodeURIComponent(conversation)}`)}
    >
      {words}
    </ActButton>
  );
}
