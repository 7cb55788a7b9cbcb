import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyButton } from './CopyButton.js';
import { DownloadButton } from './DownloadButton.js';
import styles from './ShownOnceDialog.module.css';

interface ShownOnceDialogProps {
  readonly title: string;
  readonly secret: string;
  readonly secretName: string;
  readonly download?: { readonly name: string; readonly text: string };
  readonly close: () => void;
  readonly children: ReactNode;
}

/** A secret, shown once. Only the button closes it: a click beside it or Escape would lose the secret for good. */
export function ShownOnceDialog({ title, secret, secretName, download, close, children }: ShownOnceDialogProps) {
  return (
    <Modal
      opened
      onClose={close}
      size="xl"
      centered
      transitionProps={{ duration: 0 }}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title={
        <span tabIndex={-1} data-autofocus className={styles['title']}>
          {title}
        </span>
      }
    >
      <p>Shown once: it cannot be read again.</p>
      <div className={styles['secret']}>
        <span>{secretName}</span>
        <code data-testid="secret">{secret}</code>
        <div className={styles['row']}>
          <CopyButton value={secret} label={`Copy ${secretName.toLowerCase()}`} />
          {download ? <DownloadButton {...download} /> : null}
        </div>
      </div>
      {children}
      <Button className="tall" mt="md" onClick={close}>
        I have stored it
      </Button>
    </Modal>
  );
}
