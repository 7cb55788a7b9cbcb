import { Button, Tooltip, type ButtonProps } from '@mantine/core';
import { useId, type MouseEventHandler } from 'react';
import { useMay, type Permission } from './permissions.js';

interface ActButtonProps extends ButtonProps {
  readonly needs: Permission;
  readonly onClick?: MouseEventHandler<HTMLButtonElement>;
  readonly type?: 'button' | 'submit';
}

/** A button for an act; without the permission it stays in place, inert, and names what is missing. */
export function ActButton({ needs, onClick, type = 'button', ...rest }: ActButtonProps) {
  const may = useMay(needs);
  const reasonId = useId();
  if (may) return <Button {...rest} type={type} {...(onClick ? { onClick } : {})} />;
  const reason = `Needs the permission ${needs}`;
  return (
    <Tooltip label={reason} events={{ hover: true, focus: true, touch: true }}>
      <span>
        <Button {...rest} type="button" data-disabled aria-disabled="true" aria-describedby={reasonId} />
        <span id={reasonId} className="unseen">
          {reason}
        </span>
      </span>
    </Tooltip>
  );
}
