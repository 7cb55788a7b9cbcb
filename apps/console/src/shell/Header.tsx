import { useMutation } from '@apollo/client/react';
import { Button, Menu, Tooltip, UnstyledButton } from '@mantine/core';
import { IconMenu2, IconUserCircle } from '@tabler/icons-react';
import { Link } from 'react-router';
import { FreshnessMark } from '../live/Freshness.js';
import { BrandMark } from '../parts/BrandMark.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { useOpenKillSwitch } from './kill-switch-opener.js';
import { SchemeItems } from './SchemeItems.js';
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
      <Tooltip label={`Opens the panel; fires nothing by itself (${chord})`} events={{ hover: true, focus: true, touch: false }}>
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
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton className={styles['person']} aria-label="Account and appearance">
          <IconUserCircle size={22} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <VisibleText text={person.name} />
          <br />
          <VisibleText text={person.email} />
        </Menu.Label>
        <Menu.Divider />
        <SchemeItems />
        <Menu.Divider />
        <Menu.Item component="a" href="/stop">
          Stop page
        </Menu.Item>
        <Menu.Item onClick={leave}>Sign out</Menu.Item>
        <Menu.Label>Version {version}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  );
}
