import { graphql } from '../gql/index.js';

export const issueSubjectTokenMutation = graphql(`
  mutation IssueSubjectToken($agent: ID!) {
    issueSubjectToken(agent: $agent) {
      subjectToken
      expiresAt
      revision
    }
  }
`);

export const exchangePlacesQuery = graphql(`
  query ExchangePlaces {
    tokenSettings {
      tokenUrl
    }
    servers {
      id
      resource
    }
  }
`);
