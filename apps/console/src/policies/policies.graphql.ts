import { graphql } from '../gql/index.js';

export const policyListQuery = graphql(`
  query PolicyList {
    environments {
      id
    }
    policies {
      id
      name
      environment
      liveVersion
      newestVersion
      retiredAt
    }
  }
`);

export const policyQuery = graphql(`
  query PolicyPage($id: ID!) {
    policy(id: $id) {
      id
      name
      environment
      liveVersion
      newestVersion
      needsReview
      retiredAt
      versions {
        number
        name
        text
        tests
        author
        createdAt
        reverts
        reviewedBy
        reviewedAt
        publishedBy
        publishedAt
        revision
      }
    }
  }
`);

export const checkPolicyQuery = graphql(`
  query CheckPolicy($input: CheckPolicyInput!) {
    checkPolicy(input: $input) {
      problems {
        line
        column
        endLine
        endColumn
        message
        suggestion
      }
      results {
        name
        want
        got
        passed
        detail
      }
    }
  }
`);

export const policyDiffQuery = graphql(`
  query PolicyDiff($id: ID!, $from: Int!, $to: Int!) {
    policyDiff(id: $id, from: $from, to: $to) {
      kind
      before
      after
      text
    }
  }
`);

export const savePolicyDraftMutation = graphql(`
  mutation SavePolicyDraft($input: SavePolicyDraftInput!) {
    savePolicyDraft(input: $input) {
      revision
      policy {
        id
        newestVersion
      }
    }
  }
`);

export const publishPolicyMutation = graphql(`
  mutation PublishPolicy($input: PolicyVersionInput!) {
    publishPolicy(input: $input) {
      revision
    }
  }
`);

export const reviewPolicyMutation = graphql(`
  mutation ReviewPolicy($input: PolicyVersionInput!) {
    reviewPolicy(input: $input) {
      revision
    }
  }
`);

export const reviewersQuery = graphql(`
  query Reviewers {
    people {
      id
      email
      name
      permissions
    }
  }
`);

export const revertPolicyMutation = graphql(`
  mutation RevertPolicy($input: PolicyVersionInput!) {
    revertPolicy(input: $input) {
      revision
    }
  }
`);

export const retirePolicyMutation = graphql(`
  mutation RetirePolicy($id: ID!) {
    retirePolicy(id: $id) {
      revision
    }
  }
`);
