import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './ConfirmDialog.module.css';

/** `stop` takes authority away; `plain` gives it back or only moves it. */
export type ConfirmTone = 'stop' | 'plain';

interface ConfirmDialogProps {
  readonly isOpen: boolean;
  readonly close: () => void;
  /** Names the object, such as "Revoke credential pcs_9f31 of cs-prod". */
  readonly title: string;
  /** Verb and object. */
  readonly act: string;
  readonly tone?: ConfirmTone;
  readonly isWorking: boolean;
  readonly confirm: () => void;
  /** Drawn in place of the buttons once the act is done. */
  readonly done?: ReactNode;
  readonly children: ReactNode;
}

/** Level 2: names the object and the effect. Focus starts on the heading, so that Enter does nothing by itself. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, close, title, act, tone = 'stop', isWorking, confirm, done, children } = props;
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      size="lg"
      centered
      transitionProps={{ duration: 0 }}
      title={
        <span tabIndex={-1} data-autofocus className={styles['title']}>
          {title}
        </span>
      }
      closeButtonProps={{ 'aria-label': 'Close this dialog' }}
    >
      {children}
      {done ?? (
        <div className={styles['actions']}>
          <Button variant="default" className="tall" onClick={close}>
            Cancel
          </Button>
          <Button
            className="tall"
            loading={isWorking}
            onClick={confirm}
            {...(tone === 'stop' ? { color: 'stop' } : {})}
          >
            {act}
          </Button>
        </div>
      )}
    </Modal>
  );
}
