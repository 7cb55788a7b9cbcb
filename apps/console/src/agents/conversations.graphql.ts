import { graphql } from '../gql/index.js';

export const conversationsQuery = graphql(`
  query Conversations($agent: ID!, $before: Instant, $first: Int!) {
    conversations(agent: $agent, before: $before, first: $first) {
      id
      user
      tasks
      attributes
      digests
      status
      openedBy
      openedAt
      expiresAt
      closedAt
      closedBy
      widenings {
        id
        toolId
        task
        notAfter
        revokedAt
      }
    }
  }
`);

export const openConversationMutation = graphql(`
  mutation OpenConversation($input: OpenConversationInput!) {
    openConversation(input: $input) {
      revision
      conversation {
        id
      }
    }
  }
`);

export const closeConversationMutation = graphql(`
  mutation CloseConversation($id: ID!) {
    closeConversation(id: $id) {
      revision
      conversation {
        id
        status
      }
    }
  }
`);
