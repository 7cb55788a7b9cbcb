import type { ApolloClient } from '@apollo/client';
import { problemOf } from '../parts/problem.js';
import type { StopScope } from '../shell/kill-switch-opener.js';
import type { Way } from './engage.js';
import { engageKillSwitchMutation } from './kill-switch.graphql.js';

/** The ordinary API, for when the kill lane cannot be reached from this browser. */
export function apiWay(client: ApolloClient): Way {
  return {
    name: 'API',
    engage: async ({ engagement, scope, target, reason }) => {
      const input = { id: engagement, scope: scope as StopScope, target, reason };
      const { data } = await client
        .mutate({ mutation: engageKillSwitchMutation, variables: { input } })
        .catch((cause: unknown) => {
          const { code, requestId } = problemOf(cause);
          throw new Error(requestId === null ? code : `${code}, request ${requestId}`, { cause });
        });
      if (!data) throw new Error('the answer names no revision');
      return data.engageKillSwitch.revision;
    },
  };
}
