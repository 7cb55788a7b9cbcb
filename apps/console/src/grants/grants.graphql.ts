import { graphql } from '../gql/index.js';

export const grantsQuery = graphql(`
  query Grants {
    environments {
      id
      name
    }
    grants {
      id
      ...GrantCell
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
    notBefore
    notAfter
    staleSeconds
    revokedAt
  }
`);

export const grantableQuery = graphql(`
  query Grantable {
    roles {
      id
      name
    }
    servers {
      id
      environment
      tools {
        id
      }
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
