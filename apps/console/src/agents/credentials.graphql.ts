import { graphql } from '../gql/index.js';

export const credentialPartsFragment = graphql(`
  fragment CredentialParts on Credential {
    id
    prefix
    kind
    status
    createdBy
    createdAt
    notBefore
    activatedAt
    retiresAt
    expiresAt
    lastUsedAt
    lastUsedFrom
    lastUsedServer
    revokedAt
    taintedAt
    taintReason
    derivedFrom
    jwksUri
  }
`);

export const issueCredentialMutation = graphql(`
  mutation IssueCredential($input: IssueCredentialInput!) {
    issueCredential(input: $input) {
      revision
      secret
      tokenUrl
      credential {
        id
        prefix
      }
    }
  }
`);

export const prepareCredentialMutation = graphql(`
  mutation PrepareCredential($input: IssueCredentialInput!) {
    prepareCredential(input: $input) {
      revision
      secret
      tokenUrl
      credential {
        id
        prefix
      }
    }
  }
`);

export const activateCredentialMutation = graphql(`
  mutation ActivateCredential($id: ID!) {
    activateCredential(id: $id) {
      revision
    }
  }
`);

export const retireCredentialMutation = graphql(`
  mutation RetireCredential($id: ID!, $overlapSeconds: Int!) {
    retireCredential(id: $id, overlapSeconds: $overlapSeconds) {
      revision
    }
  }
`);

export const revokeCredentialMutation = graphql(`
  mutation RevokeCredential($id: ID!) {
    revokeCredential(id: $id) {
      revision
    }
  }
`);

export const taintCredentialMutation = graphql(`
  mutation TaintCredential($id: ID!, $reason: String!) {
    taintCredential(id: $id, reason: $reason) {
      revision
      credentials
      conversations
    }
  }
`);

export const callableServersQuery = graphql(`
  query CallableServers {
    servers {
      id
      resource
    }
  }
`);
