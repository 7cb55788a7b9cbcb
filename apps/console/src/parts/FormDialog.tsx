import { Button, Modal } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import styles from './FormDialog.module.css';

interface FormDialogProps {
  readonly title: string;
  /** Verb and object, as the button says it. */
  readonly act: string;
  readonly isWorking: boolean;
  readonly close: () => void;
  readonly submit: () => Promise<void>;
  /** Drawn in place of the form once the act is done. */
  readonly done?: ReactNode;
  readonly children: ReactNode;
}

export function FormDialog({ title, act, isWorking, close, submit, done, children }: FormDialogProps) {
  const form = useRef<HTMLFormElement>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (!isWorking) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [isWorking, tries]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    void submit().finally(() => setTries((count) => count + 1));
  };
  return (
    <Modal
      opened
      onClose={close}
      title={title}
      centered
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': 'Close this dialog' }}
    >
      {done ?? (
        <form ref={form} className={styles['form']} onSubmit={send}>
          {children}
          <Button type="submit" className="tall" loading={isWorking}>
            {act}
          </Button>
        </form>
      )}
    </Modal>
  );
}
