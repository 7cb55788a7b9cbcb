import { Navigate, useLocation } from 'react-router';
import { KillSwitchHost } from '../kill-switch/KillSwitchHost.js';
import { Loading } from '../parts/Loading.js';
import { PermissionsContext } from '../parts/permissions.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { GatePage } from '../shell/GatePage.js';
import { InstallContext, PersonContext, useSession } from '../shell/session.js';
import { Shell } from '../shell/Shell.js';
import { StopElsewhere } from '../shell/StopElsewhere.js';

/** Everything behind sign-in. */
export function SignedIn() {
  const { data, error } = useSession();
  const { pathname, search } = useLocation();
  if (!data && error) {
    return (
      <GatePage title="Not reachable">
        <ProblemNote error={error} trying="The console could not load" />
        <StopElsewhere />
      </GatePage>
    );
  }
  if (!data) return <Loading />;
  if (!data.me) return <Navigate to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />;
  return (
    <InstallContext value={data.install}>
      <PersonContext value={data.me}>
        <PermissionsContext value={data.me.permissions}>
          <KillSwitchHost>
            <Shell />
          </KillSwitchHost>
        </PermissionsContext>
      </PersonContext>
    </InstallContext>
  );
}
