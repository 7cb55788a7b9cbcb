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
        guardsBehind
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

export const rotateSigningKeyMutation = graphql(`
  mutation RotateSigningKey {
    rotateSigningKey {
      revision
    }
  }
`);

export const withdrawSigningKeyMutation = graphql(`
  mutation WithdrawSigningKey($kid: ID!) {
    withdrawSigningKey(kid: $kid) {
      revision
    }
  }
`);
