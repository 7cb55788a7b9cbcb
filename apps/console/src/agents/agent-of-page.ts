import { useOutletContext } from 'react-router';
import type { AgentQuery } from '../gql/graphql.js';

export type AgentOfPage = NonNullable<AgentQuery['agent']>;

/** The agent whose page the tab is on, as the page last read it. */
export function useAgentOfPage(): AgentOfPage {
  return useOutletContext<AgentOfPage>();
}
