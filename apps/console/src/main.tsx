import '@mantine/core/styles.css';
import './theme/tokens.css';
import './theme/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.js';
import { takeClaimToken } from './claim/claim-token.js';
import { createConsoleClient } from './live/apollo.js';
import { startFreshnessClock } from './live/freshness-store.js';
import { sessionQuery } from './shell/session.graphql.js';

takeClaimToken();
startFreshnessClock();
const client = createConsoleClient(() => {
  void client.query({ query: sessionQuery, fetchPolicy: 'network-only' }).catch(() => undefined);
});
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App client={client} />
    </StrictMode>,
  );
}
