import { graphql } from '../gql/index.js';

export const grantPageQuery = graphql(`
  query GrantPage($id: ID!) {
    grant(id: $id) {
      id
      constraints
      obligations
      conversation
      revokedAt
      ...GrantCell
    }
  }
`);

export const quotaUsageQuery = graphql(`
  query QuotaUsage($grant: ID!) {
    quotaUsage(grant: $grant) {
      ...QuotaUse
    }
  }
`);
