import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePageTitle } from './page-title.js';
import { visibleString } from './visible-text.js';
import { VisibleText } from './VisibleText.js';
import styles from './PageHeading.module.css';

interface PageHeadingProps {
  readonly title: string;
  /** What stands before the title, such as a link to the list. */
  readonly trail?: ReactNode;
  readonly actions?: ReactNode;
}

export function PageHeading({ title, trail, actions }: PageHeadingProps) {
  usePageTitle(visibleString(title));
  return (
    <div className={styles['heading']}>
      {trail === undefined ? null : <span className="dim">{trail} /</span>}
      <Title order={1}>
        <VisibleText text={title} />
      </Title>
      <span className={styles['room']} />
      {actions}
    </div>
  );
}
