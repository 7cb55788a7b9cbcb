import { Button, Modal } from '@mantine/core';
import { useEffect, useRef, type FormEvent, type ReactNode } from 'react';
import styles from './FormDialog.module.css';

interface FormDialogProps {
  readonly title: string;
  /** Verb and object, as the button says it. */
  readonly act: string;
  readonly isWorking: boolean;
  readonly close: () => void;
  readonly submit: () => Promise<void>;
  readonly children: ReactNode;
}

export function FormDialog({ title, act, isWorking, close, submit, children }: FormDialogProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!isWorking) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [isWorking]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    void submit();
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
      <form ref={form} className={styles['form']} onSubmit={send}>
        {children}
        <Button type="submit" className="tall" loading={isWorking}>
          {act}
        </Button>
      </form>
    </Modal>
  );
}
