import { graphql } from '../gql/index.js';

export const wideningsQuery = graphql(`
  query Widenings($agent: ID, $filter: String!, $first: Int!, $skip: Int!) {
    widenings(agent: $agent, filter: $filter, first: $first, skip: $skip) {
      total
      active
      matching
      rows {
        agent
        environment
        widening {
          id
          conversation
          role
          toolId
          task
          constraintTexts
          obligationTexts
          reason
          createdBy
          createdAt
          notAfter
          revokedAt
        }
      }
    }
  }
`);

export const toWidenQuery = graphql(`
  query ToWiden($conversation: ID!) {
    conversation(id: $conversation) {
      id
      agent
      user
      tasks
      environment
      status
      expiresAt
    }
  }
`);

export const rolesOfAgentQuery = graphql(`
  query RolesOfAgent($agent: ID!) {
    agent(id: $agent) {
      id
      assignments {
        id
        role
        environment
        state
      }
    }
  }
`);

export const widenConversationMutation = graphql(`
  mutation WidenConversation($input: WidenConversationInput!) {
    widenConversation(input: $input) {
      revision
      widening {
        id
        notAfter
      }
    }
  }
`);
