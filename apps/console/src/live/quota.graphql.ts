import { graphql } from '../gql/index.js';

export const quotaUseFragment = graphql(`
  fragment QuotaUse on QuotaUsage {
    grant
    what
    text
    agent
    user
    conversation
    from
    until
    limit
    used
    shares {
      guard
      server
      used
      held
      reportedAt
    }
  }
`);
