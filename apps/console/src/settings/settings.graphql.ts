import { graphql } from '../gql/index.js';

export const tokenSettingsQuery = graphql(`
  query TokenSettings {
    tokenSettings {
      tokenLifeSeconds
      leastTokenLifeSeconds
      requireDpop
      issuer
      tokenUrl
      changedAt
      changedBy
      signingKeys {
        kid
        state
        since
        notAfter
      }
    }
  }
`);

export const updateTokenSettingsMutation = graphql(`
  mutation UpdateTokenSettings($input: UpdateTokenSettingsInput!) {
    updateTokenSettings(input: $input) {
      revision
    }
  }
`);
