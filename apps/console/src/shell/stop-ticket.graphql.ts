import { graphql } from '../gql/index.js';

export const issueStopTicketMutation = graphql(`
  mutation IssueStopTicket {
    issueStopTicket {
      ticket
      url
      expiresAt
      revision
    }
  }
`);
