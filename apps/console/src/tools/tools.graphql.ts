import { graphql } from '../gql/index.js';

export const toolsQuery = graphql(`
  query Tools {
    servers {
      id
      name
      environment
      tools {
        ...ToolRow
      }
      unregisteredTools {
        name
      }
    }
  }
`);

export const toolRowFragment = graphql(`
  fragment ToolRow on Tool {
    id
    name
    classes
    pin
    pinnedAt
    shadows
    roles {
      role
      environment
      grants
      agents
    }
  }
`);

export const toolQuery = graphql(`
  query Tool($id: ID!) {
    tool(id: $id) {
      ...ToolRow
      id
      server
      environment
      suggestedClasses {
        name
        reasons
      }
      definitions {
        ...ToolDefinitionParts
      }
    }
  }
`);

export const toolDefinitionFragment = graphql(`
  fragment ToolDefinitionParts on ToolDefinition {
    hash
    said
    acceptedAt
    acceptedBy
    withdrawnAt
    withdrawnBy
    firstObservedAt
    lastObservedAt
    announcedBy
  }
`);

export const setToolClassesMutation = graphql(`
  mutation SetToolClasses($input: SetToolClassesInput!) {
    setToolClasses(input: $input) {
      revision
    }
  }
`);

export const definitionDiffQuery = graphql(`
  query DefinitionDiff($tool: ID!, $from: String!, $to: String!) {
    toolDefinitionDiff(tool: $tool, from: $from, to: $to) {
      field
      isSame
      lines {
        kind
        text
      }
    }
  }
`);

export const acceptDefinitionMutation = graphql(`
  mutation AcceptDefinition($input: DefinitionInput!) {
    acceptDefinition(input: $input) {
      revision
    }
  }
`);

export const withdrawDefinitionMutation = graphql(`
  mutation WithdrawDefinition($input: DefinitionInput!) {
    withdrawDefinition(input: $input) {
      revision
    }
  }
`);
