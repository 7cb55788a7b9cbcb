import { graphql } from '../gql/index.js';

export const subjectIssuersQuery = graphql(`
  query SubjectIssuers {
    subjectIssuers {
      ...SubjectIssuerParts
    }
  }
`);

export const subjectIssuerFragment = graphql(`
  fragment SubjectIssuerParts on SubjectIssuer {
    id
    name
    issuer
    audience
    jwksUri
    enabled
    createdBy
    createdAt
  }
`);

export const createSubjectIssuerMutation = graphql(`
  mutation CreateSubjectIssuer($input: CreateSubjectIssuerInput!) {
    createSubjectIssuer(input: $input) {
      revision
      issuer {
        ...SubjectIssuerParts
      }
    }
  }
`);

export const updateSubjectIssuerMutation = graphql(`
  mutation UpdateSubjectIssuer($input: UpdateSubjectIssuerInput!) {
    updateSubjectIssuer(input: $input) {
      revision
      issuer {
        ...SubjectIssuerParts
      }
    }
  }
`);

export const removeSubjectIssuerMutation = graphql(`
  mutation RemoveSubjectIssuer($id: ID!) {
    removeSubjectIssuer(id: $id) {
      revision
    }
  }
`);
