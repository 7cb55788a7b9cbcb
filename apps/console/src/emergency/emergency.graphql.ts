import { graphql } from '../gql/index.js';

export const emergencyQuery = graphql(`
  query Emergency {
    killSwitches {
      id
      ...EngagementParts
    }
  }
`);
