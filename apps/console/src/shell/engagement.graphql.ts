import { graphql } from '../gql/index.js';

export const engagementFragment = graphql(`
  fragment EngagementParts on Engagement {
    id
    scope
    target
    status
    reason
    engagedBy
    engagedAt
    revision
  }
`);
