import { graphql } from '../gql/index.js';

export const signInMutation = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      revision
      csrfToken
      person {
        id
      }
    }
  }
`);
