import { NavLink } from 'react-router';
import styles from './Tabs.module.css';

interface TabsProps {
  readonly label: string;
  readonly tabs: readonly (readonly [to: string, name: string])[];
}

/** The parts of one object's page, each with its own address: links, so that any of them can be pasted into a chat. */
export function Tabs({ label, tabs }: TabsProps) {
  return (
    <nav className={styles['tabs']} aria-label={label}>
      <ul>
        {tabs.map(([to, name]) => (
          <li key={to}>
            <NavLink to={to} replace>
              {name}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
