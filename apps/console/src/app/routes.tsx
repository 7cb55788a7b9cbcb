import { createBrowserRouter, Navigate, Outlet, useRouteError } from 'react-router';
import { Loading } from '../parts/Loading.js';
import { Notice } from '../parts/Notice.js';
import { RouteProblem } from '../shell/RouteProblem.js';
import { GatePage } from '../shell/GatePage.js';
import { StopElsewhere } from '../shell/StopElsewhere.js';
import { SignedIn } from './SignedIn.js';

export const router = createBrowserRouter([
  {
    element: <Outlet />,
    errorElement: <WholeProblem />,
    HydrateFallback: Loading,
    children: [
      { path: '/claim', lazy: async () => ({ Component: (await import('../claim/ClaimPage.js')).ClaimPage }) },
      { path: '/sign-in', lazy: async () => ({ Component: (await import('../sign-in/SignInPage.js')).SignInPage }) },
      {
        element: <SignedIn />,
        children: [
          {
            errorElement: <RouteProblem />,
            children: [
              { index: true, element: <Navigate to="/overview" replace /> },
              page('/overview', async () => (await import('../overview/OverviewPage.js')).OverviewPage),
              page('/emergency', async () => (await import('../emergency/EmergencyPage.js')).EmergencyPage),
              page('/agents', async () => (await import('../agents/AgentsPage.js')).AgentsPage),
              page('/grants', async () => (await import('../grants/GrantsPage.js')).GrantsPage),
              page('/grants/new', async () => (await import('../grants/AddGrantPage.js')).AddGrantPage),
              page('/grants/who-can', async () => (await import('../grants/WhoCanPage.js')).WhoCanPage),
              page('/grants/:id', async () => (await import('../grants/GrantPage.js')).GrantPage),
              page('/widenings', async () => (await import('../grants/WideningsPage.js')).WideningsPage),
              page('/widenings/new', async () => (await import('../grants/WidenPage.js')).WidenPage),
              page('/directories', async () => (await import('../directories/DirectoriesPage.js')).DirectoriesPage),
              page('/directories/:id', async () => (await import('../directories/DirectoryPage.js')).DirectoryPage),
              page('/policies', async () => (await import('../policies/PoliciesPage.js')).PoliciesPage),
              {
                ...page('/policies/:id', async () => (await import('../policies/PolicyPage.js')).PolicyPage),
                children: [
                  { index: true, element: <Navigate to="edit" replace /> },
                  page('edit', async () => (await import('../policies/PolicyEditTab.js')).PolicyEditTab),
                  page('history', async () => (await import('../policies/PolicyHistoryTab.js')).PolicyHistoryTab),
                ],
              },
              {
                ...page('/agents/:id', async () => (await import('../agents/AgentPage.js')).AgentPage),
                children: [
                  { index: true, element: <Navigate to="summary" replace /> },
                  page('summary', async () => (await import('../agents/AgentSummaryTab.js')).AgentSummaryTab),
                  page('access', async () => (await import('../agents/AgentAccessTab.js')).AgentAccessTab),
                  page(
                    'credentials',
                    async () => (await import('../agents/AgentCredentialsTab.js')).AgentCredentialsTab,
                  ),
                  page(
                    'conversations',
                    async () => (await import('../agents/AgentConversationsTab.js')).AgentConversationsTab,
                  ),
                  page('changes', async () => (await import('../agents/AgentChangesTab.js')).AgentChangesTab),
                ],
              },
              page(
                '/settings/tokens',
                async () => (await import('../settings/TokenSettingsPage.js')).TokenSettingsPage,
              ),
              page('/settings/api-tokens', async () => (await import('../settings/ApiTokensPage.js')).ApiTokensPage),
              page('/settings/issuers', async () => (await import('../settings/IssuersPage.js')).IssuersPage),
              page(
                '/settings/environments',
                async () => (await import('../settings/EnvironmentsPage.js')).EnvironmentsPage,
              ),
              page('/servers', async () => (await import('../servers/ServersPage.js')).ServersPage),
              page('/tools', async () => (await import('../tools/ToolsPage.js')).ToolsPage),
              page('/tools/:server/*', async () => (await import('../tools/ToolPage.js')).ToolPage),
              page('/servers/:id', async () => (await import('../servers/ServerPage.js')).ServerPage),
              {
                path: '*',
                loader: () => {
                  throw new Response('', { status: 404 });
                },
                element: null,
              },
            ],
          },
        ],
      },
    ],
  },
]);

function page(path: string, load: () => Promise<React.ComponentType>) {
  return { path, lazy: async () => ({ Component: await load() }), errorElement: <RouteProblem /> };
}

function WholeProblem() {
  useRouteError();
  return (
    <GatePage title="The console failed">
      <Notice kind="bad" title="It could not be drawn" isAlert>
        <p>Nothing was changed by it. Load the page again.</p>
      </Notice>
      <StopElsewhere />
    </GatePage>
  );
}
