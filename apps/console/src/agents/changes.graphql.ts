import { graphql } from '../gql/index.js';

export const changesQuery = graphql(`
  query Changes($agent: ID!, $before: Int) {
    changes(agent: $agent, before: $before) {
      revision
      at
      kind
      object
      text
      value
    }
  }
`);
