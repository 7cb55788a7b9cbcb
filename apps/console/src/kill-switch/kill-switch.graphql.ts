import { graphql } from '../gql/index.js';

export const engageKillSwitchMutation = graphql(`
  mutation EngageKillSwitch($input: EngageKillSwitchInput!) {
    engageKillSwitch(input: $input) {
      revision
      engagement {
        id
        ...EngagementParts
      }
    }
  }
`);

export const stopTargetsQuery = graphql(`
  query StopTargets {
    agents {
      id
      name
    }
    servers {
      id
      name
      tools {
        id
        name
        classes
      }
    }
    environments {
      id
      name
    }
    roles {
      id
      name
    }
  }
`);

export const reachQuery = graphql(`
  query Reach($scope: KillSwitchScope!, $target: String!) {
    killSwitchReach(scope: $scope, target: $target) {
      agents
      servers
      tools
      callsLastMinute
      inFlight
      resolves
    }
  }
`);
