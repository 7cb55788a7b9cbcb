import { Drawer } from '@mantine/core';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { useLocation } from 'react-router';
import { useMay } from '../parts/permissions.js';
import { KillSwitchOpener, type StopAim } from '../shell/kill-switch-opener.js';
import { aimOfPage } from './aim.js';
import styles from './KillSwitchHost.module.css';
import { KillSwitchPanel } from './KillSwitchPanel.js';
import { useStopTicket } from './use-stop-ticket.js';

/** Keeps the panel within reach of every page: by the header's button, by a page's own button, and by the chord. */
export function KillSwitchHost({ children }: { readonly children: ReactNode }) {
  const { pathname } = useLocation();
  const { held, renew } = useStopTicket(useMay('kill:engage'));
  const [opened, setOpened] = useState<{ readonly aim: StopAim; readonly time: number } | null>(null);
  const [isOpen, setOpen] = useState(false);
  const open = useCallback(
    (aim?: StopAim) => {
      setOpened({ aim: aim ?? aimOfPage(pathname), time: Date.now() });
      setOpen(true);
      void renew();
    },
    [pathname, renew],
  );
  useChord(open);
  return (
    <KillSwitchOpener value={open}>
      {children}
      <Drawer
        opened={isOpen}
        onClose={() => setOpen(false)}
        position="right"
        size="32rem"
        padding="lg"
        transitionProps={{ duration: 0 }}
        classNames={{ body: styles['body'] ?? '', content: styles['content'] ?? '' }}
        title={
          <span tabIndex={-1} data-autofocus className={styles['title']}>
            Kill switch
          </span>
        }
        closeButtonProps={{ 'aria-label': 'Close the kill switch panel' }}
      >
        {opened ? <KillSwitchPanel key={opened.time} opened={opened} held={held} close={() => setOpen(false)} /> : null}
      </Drawer>
    </KillSwitchOpener>
  );
}

// By physical key: on other layouts the full stop sits elsewhere or gives another character with Shift.
function useChord(open: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.code !== 'Period' || !event.shiftKey || !(event.ctrlKey || event.metaKey) || event.repeat) return;
      event.preventDefault();
      open();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [open]);
}
