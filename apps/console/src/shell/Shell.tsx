import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Outlet } from 'react-router';
import { FreshnessBanner } from '../live/Freshness.js';
import { useConvergence } from '../live/use-convergence.js';
import { useFreshness } from '../live/use-freshness.js';
import { Header } from './Header.js';
import { HeadContext, useRefetchOnRevision } from './head.js';
import { Nav } from './Nav.js';
import { ObservedBar } from './ObservedBar.js';
import { standingQuery } from './session.graphql.js';
import { StoppedBar } from './StoppedBar.js';
import styles from './Shell.module.css';

const standingPollMs = 5_000;

export function Shell() {
  const [isNavOpen, setNavOpen] = useState(false);
  const { word } = useFreshness();
  const head = useConvergence(null);
  const { data, refetch } = useQuery(standingQuery, { pollInterval: standingPollMs });
  useRefetchOnRevision(head?.revision ?? null, refetch);
  const isPast = word === 'stale' || word === 'offline';
  return (
    <HeadContext value={head}>
      <a className={styles['skip']} href="#main">
        Skip to the page
      </a>
      <div className={styles['top']}>
        <Header isNavOpen={isNavOpen} toggleNav={() => setNavOpen((open) => !open)} />
        <FreshnessBanner />
        <StoppedBar engagements={data?.killSwitches ?? []} />
        <ObservedBar environments={data?.environments ?? []} />
      </div>
      <div className={styles['body']} data-known={isPast ? 'past' : 'now'}>
        <Nav isOpen={isNavOpen} whenChosen={() => setNavOpen(false)} />
        <main id="main" tabIndex={-1} className={styles['main']}>
          <Outlet />
        </main>
      </div>
    </HeadContext>
  );
}
