import { graphql } from '../gql/index.js';

export const claimInstallMutation = graphql(`
  mutation ClaimInstall($input: ClaimInstallInput!) {
    claimInstall(input: $input) {
      revision
      csrfToken
      person {
        id
      }
    }
  }
`);
