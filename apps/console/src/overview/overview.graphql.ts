import { graphql } from '../gql/index.js';

export const overviewQuery = graphql(`
  query Overview {
    overview {
      revision
      agents
      servers
      engaged {
        id
        ...EngagementParts
      }
      lastHour {
        ...LastHour
      }
    }
  }
`);

export const runDemoIncidentMutation = graphql(`
  mutation RunDemoIncident {
    runDemoIncident {
      revision
    }
  }
`);

export const firstStepsQuery = graphql(`
  query FirstSteps {
    servers {
      id
      demo
      guards {
        guard
        boot
        connected
      }
    }
    agents {
      id
      demo
      credentials {
        id
        lastUsedAt
      }
    }
    recentDecisions(first: 1) {
      id
      outcome
    }
  }
`);
