import { createContext, useContext } from 'react';

export type StopScope =
  'everything' | 'environment' | 'tool_class' | 'server' | 'tool' | 'agent' | 'role' | 'user' | 'conversation';

/** What the panel should have preselected. */
export interface StopAim {
  readonly scope: StopScope;
  readonly target: string;
}

export const KillSwitchOpener = createContext<(aim?: StopAim) => void>(() => undefined);

export function useOpenKillSwitch(): (aim?: StopAim) => void {
  return useContext(KillSwitchOpener);
}
