import { graphql } from '../gql/index.js';

export const environmentsQuery = graphql(`
  query Environments {
    environments {
      id
      ...ObservedParts
    }
    policyReviews
  }
`);

export const setPolicyReviewMutation = graphql(`
  mutation SetPolicyReview($input: SetPolicyReviewInput!) {
    setPolicyReview(input: $input) {
      revision
    }
  }
`);

export const observeEnvironmentMutation = graphql(`
  mutation ObserveEnvironment($input: ObserveEnvironmentInput!) {
    observeEnvironment(input: $input) {
      revision
      environment {
        id
        ...ObservedParts
      }
    }
  }
`);

export const enforceEnvironmentMutation = graphql(`
  mutation EnforceEnvironment($id: ID!) {
    enforceEnvironment(id: $id) {
      revision
      environment {
        id
        ...ObservedParts
      }
    }
  }
`);

export const grantProposalsQuery = graphql(`
  query GrantProposals($environment: ID!) {
    grantProposals(environment: $environment) {
      since
      until
      wouldDeny {
        outcome
        reason
        calls
      }
      proposals {
        role
        toolId
        classes
        task
        calls
        agents
        agentCount
        firstAt
        lastAt
      }
    }
  }
`);

export const acceptProposalMutation = graphql(`
  mutation AcceptProposal($input: CreateGrantInput!) {
    createGrant(input: $input) {
      revision
    }
  }
`);
