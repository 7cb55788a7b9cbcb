import { graphql } from '../gql/index.js';

export const sessionQuery = graphql(`
  query Session {
    install {
      claimed
      demo
      version
      stopUrl
      leaseSeconds
    }
    me {
      id
      email
      name
      permissions
    }
  }
`);

export const signOutMutation = graphql(`
  mutation SignOut {
    signOut {
      revision
    }
  }
`);

export const standingQuery = graphql(`
  query Standing {
    killSwitches {
      id
      ...EngagementParts
    }
    environments {
      id
      ...ObservedParts
    }
  }
`);
