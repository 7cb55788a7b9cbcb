import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { BrandMark } from '../parts/BrandMark.js';
import { usePageTitle } from '../parts/page-title.js';
import styles from './GatePage.module.css';

/** The frame of the pages outside the shell: claim and sign-in. */
export function GatePage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  usePageTitle(title);
  return (
    <div className={styles['page']}>
      <header className={styles['header']}>
        <BrandMark />
        <span className={styles['name']}>Portcullis</span>
        <a className={styles['stop']} href="/stop">
          Stop page
        </a>
      </header>
      <main className={styles['main']}>
        <Title order={1}>{title}</Title>
        {children}
      </main>
    </div>
  );
}
