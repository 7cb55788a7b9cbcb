import { NavLink } from 'react-router';
import styles from './Nav.module.css';

const groups = [
  {
    name: 'Now',
    pages: [
      ['/overview', 'Overview'],
      ['/emergency', 'Emergency'],
    ],
  },
  {
    name: 'Fleet',
    pages: [
      ['/agents', 'Agents'],
      ['/servers', 'Servers'],
      ['/tools', 'Tools'],
    ],
  },
  {
    name: 'Rules',
    pages: [
      ['/grants', 'Grants'],
      ['/widenings', 'Widenings'],
      ['/directories', 'Directories'],
      ['/policies', 'Policies'],
    ],
  },
  {
    name: 'Settings',
    pages: [
      ['/settings/tokens', 'Tokens'],
      ['/settings/api-tokens', 'API tokens'],
      ['/settings/issuers', 'Issuers'],
      ['/settings/environments', 'Environments'],
    ],
  },
] as const;

interface NavProps {
  readonly isOpen: boolean;
  readonly whenChosen: () => void;
}

export function Nav({ isOpen, whenChosen }: NavProps) {
  return (
    <nav className={styles['nav']} aria-label="Pages" data-open={isOpen}>
      {groups.map((group) => (
        <div key={group.name} className={styles['group']}>
          <p className={styles['heading']}>{group.name}</p>
          <ul>
            {group.pages.map(([to, label]) => (
              <li key={to}>
                <NavLink to={to} onClick={whenChosen}>
                  {label}
                </NavLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
