import { useMutation } from '@apollo/client/react';
import { Button, Popover, Tooltip, UnstyledButton } from '@mantine/core';
import { IconMenu2, IconUserCircle } from '@tabler/icons-react';
import { Link } from 'react-router';
import { FreshnessMark } from '../live/Freshness.js';
import { BrandMark } from '../parts/BrandMark.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { useOpenKillSwitch } from './kill-switch-opener.js';
import { SchemeChoice } from './SchemeChoice.js';
import { signOutMutation } from './session.graphql.js';
import { useInstall, usePerson } from './session.js';
import styles from './Header.module.css';

const chord = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘ ⇧ .' : 'Ctrl Shift .';

interface HeaderProps {
  readonly isNavOpen: boolean;
  readonly toggleNav: () => void;
}

export function Header({ isNavOpen, toggleNav }: HeaderProps) {
  const openKillSwitch = useOpenKillSwitch();
  return (
    <header className={styles['header']}>
      <UnstyledButton className={styles['burger']} aria-label="Pages" aria-expanded={isNavOpen} onClick={toggleNav}>
        <IconMenu2 size={20} aria-hidden />
      </UnstyledButton>
      <Link to="/overview" className={styles['brand']} aria-label="Portcullis, to the overview">
        <BrandMark />
        <span className={styles['name']}>Portcullis</span>
      </Link>
      <span className={styles['room']} />
      <FreshnessMark />
      <Tooltip
        label={`Opens the panel; fires nothing by itself (${chord})`}
        events={{ hover: true, focus: true, touch: false }}
      >
        <Button color="stop" size="sm" className={styles['stop'] ?? ''} onClick={() => openKillSwitch()}>
          <StateMark kind="stopped">Kill switch</StateMark>
        </Button>
      </Tooltip>
      <PersonMenu />
    </header>
  );
}

function PersonMenu() {
  const person = usePerson();
  const { version } = useInstall();
  const [signOut] = useMutation(signOutMutation);
  // A full load drops every cached answer and the live socket with the session.
  const leave = () => {
    signOut().then(
      () => location.assign('/sign-in'),
      () => location.assign('/sign-in'),
    );
  };
  return (
    <Popover position="bottom-end" width={260} shadow="md" trapFocus returnFocus transitionProps={{ duration: 0 }}>
      <Popover.Target>
        <UnstyledButton className={styles['person']} aria-label="Account and appearance">
          <IconUserCircle size={22} aria-hidden />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label="Account and appearance">
        <div className={styles['account']}>
          <p>
            <VisibleText text={person.name} />
            <br />
            <span className="dim">
              <VisibleText text={person.email} />
            </span>
          </p>
          <SchemeChoice />
          <a href="/stop">Stop page</a>
          <Button variant="default" onClick={leave}>
            Sign out
          </Button>
          <p className="dim">Version {version}</p>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
