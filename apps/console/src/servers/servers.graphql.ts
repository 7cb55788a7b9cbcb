import { graphql } from '../gql/index.js';

export const serversQuery = graphql(`
  query Servers {
    servers {
      id
      ...ServerRow
    }
  }
`);

export const serverRowFragment = graphql(`
  fragment ServerRow on Server {
    id
    name
    environment
    demo
    tools {
      id
    }
    unregisteredTools {
      name
    }
    guards {
      guard
      boot
      ...GuardParts
    }
  }
`);

export const guardFragment = graphql(`
  fragment GuardParts on GuardState {
    guard
    boot
    enrolledAt
    lastReportAt
    heldRevision
    posture
    inFlight
    leaseUntil
    connected
    lossKnown
  }
`);

export const serverQuery = graphql(`
  query Server($id: ID!) {
    server(id: $id) {
      id
      name
      environment
      resource
      demo
      guards {
        guard
        boot
        ...GuardParts
      }
      ...ServerTools
    }
  }
`);

export const serverEnvironmentsQuery = graphql(`
  query ServerEnvironments {
    environments {
      id
      name
    }
  }
`);

export const createServerMutation = graphql(`
  mutation CreateServer($input: CreateServerInput!) {
    createServer(input: $input) {
      revision
    }
  }
`);

export const createJoinTokenMutation = graphql(`
  mutation CreateJoinToken($input: CreateJoinTokenInput!) {
    createJoinToken(input: $input) {
      revision
      joinToken
      expiresAt
    }
  }
`);

export const registerToolMutation = graphql(`
  mutation RegisterTool($input: RegisterToolInput!) {
    registerTool(input: $input) {
      revision
    }
  }
`);
