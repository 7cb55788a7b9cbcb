import { graphql } from '../gql/index.js';

export const observedFragment = graphql(`
  fragment ObservedParts on Environment {
    id
    name
    mode
    observation {
      until
      startedAt
      startedBy
      reason
    }
  }
`);
