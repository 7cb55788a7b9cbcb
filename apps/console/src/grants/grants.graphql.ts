import { graphql } from '../gql/index.js';

export const grantMatrixQuery = graphql(`
  query GrantMatrix($filter: String!, $first: Int!, $skip: Int!) {
    environments {
      id
      name
    }
    grantMatrix(filter: $filter, first: $first, skip: $skip) {
      total
      matching
      rows {
        role
        what
        isClass
        grants {
          id
          ...GrantCell
        }
      }
    }
  }
`);

export const grantUsesQuery = graphql(`
  query GrantUses($ids: [ID!]!) {
    grantUses(ids: $ids) {
      grant
      since
      lastUsedAt
      unusedForDays
      isUnused
      narrowing {
        task
        usedTools
        usedCount
        unusedCount
      }
    }
  }
`);

export const grantCellFragment = graphql(`
  fragment GrantCell on Grant {
    id
    role
    environment
    toolId
    toolClass
    task
    constraintTexts
    obligationTexts
    notBefore
    notAfter
    staleSeconds
  }
`);

export const grantableQuery = graphql(`
  query Grantable {
    roles {
      id
      name
    }
    environments {
      id
    }
    servers {
      id
      environment
      tools {
        id
        name
        classes
        inputSchema
      }
    }
  }
`);

export const grantToCopyQuery = graphql(`
  query GrantToCopy($id: ID!) {
    grant(id: $id) {
      id
      role
      environment
      toolId
      toolClass
      task
      constraints
      obligations
      staleSeconds
    }
  }
`);

export const grantTextsQuery = graphql(`
  query GrantTexts($constraints: [JSON!]!, $obligations: [JSON!]!) {
    grantTexts(constraints: $constraints, obligations: $obligations) {
      constraints {
        text
        problems {
          path
          message
        }
      }
      obligations {
        text
        problems {
          path
          message
        }
      }
    }
  }
`);

export const grantPreviewQuery = graphql(`
  query GrantPreview($input: CreateGrantInput!) {
    grantPreview(input: $input) {
      ...PreviewedAccess
    }
  }
`);

export const revocationPreviewQuery = graphql(`
  query RevocationPreview($id: ID!) {
    revocationPreview(id: $id) {
      ...PreviewedAccess
    }
  }
`);

export const previewedAccessFragment = graphql(`
  fragment PreviewedAccess on GrantPreview {
    revision
    at
    environment
    widens
    holders
    total
    differences {
      change
      agent
      tool
      role
      tasks
    }
  }
`);

export const createGrantMutation = graphql(`
  mutation CreateGrant($input: CreateGrantInput!) {
    createGrant(input: $input) {
      revision
    }
  }
`);

export const revokeGrantMutation = graphql(`
  mutation RevokeGrant($id: ID!) {
    revokeGrant(id: $id) {
      revision
    }
  }
`);

export const whoCanQuery = graphql(`
  query WhoCan($input: WhoCanInput!) {
    whoCan(input: $input) {
      revision
      at
      agents {
        agent
        tool
        role
        outcome
        task
        rule
        upTo
        conditions
        obligations
      }
    }
  }
`);
