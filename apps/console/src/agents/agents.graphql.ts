import { graphql } from '../gql/index.js';

export const agentsQuery = graphql(`
  query Agents {
    agents {
      id
      ...AgentRow
    }
    environments {
      id
      name
    }
  }
`);

export const agentRowFragment = graphql(`
  fragment AgentRow on Agent {
    id
    name
    status
    demo
    lastDecisionAt
    deniedLastDay
    ownerGone
    tags
    rotationPolicy {
      state
      nextDueAt
    }
    credentials {
      id
      status
    }
    assignments {
      id
      role
      environment
    }
    stoppedBy {
      id
    }
  }
`);

export const agentQuery = graphql(`
  query Agent($id: ID!) {
    agent(id: $id) {
      id
      name
      status
      ...AgentSummary
      ...AgentHost
      ...AgentCredentials
      ...AgentAssignments
      ...AgentLifecycle
      ...AgentRotationPolicy
    }
  }
`);

export const updateAgentMutation = graphql(`
  mutation UpdateAgent($input: UpdateAgentInput!) {
    updateAgent(input: $input) {
      revision
      agent {
        id
        name
        description
        tags
        ownerGone
        owner {
          id
          name
        }
      }
    }
  }
`);

export const setAgentHostMutation = graphql(`
  mutation SetAgentHost($agent: ID!, $host: ID) {
    setAgentHost(agent: $agent, host: $host) {
      revision
      agent {
        id
        host
      }
    }
  }
`);

export const possibleHostsQuery = graphql(`
  query PossibleHosts {
    agents {
      id
      name
      status
    }
  }
`);

export const setRotationPolicyMutation = graphql(`
  mutation SetRotationPolicy($input: SetRotationPolicyInput!) {
    setRotationPolicy(input: $input) {
      revision
      agent {
        id
        ...AgentRotationPolicy
      }
    }
  }
`);

export const removeRotationPolicyMutation = graphql(`
  mutation RemoveRotationPolicy($agent: ID!) {
    removeRotationPolicy(agent: $agent) {
      revision
      agent {
        id
        ...AgentRotationPolicy
      }
    }
  }
`);

export const peopleQuery = graphql(`
  query People {
    people {
      id
      name
    }
  }
`);

export const suspendAgentMutation = graphql(`
  mutation SuspendAgent($id: ID!) {
    suspendAgent(id: $id) {
      revision
    }
  }
`);

export const resumeAgentMutation = graphql(`
  mutation ResumeAgent($id: ID!) {
    resumeAgent(id: $id) {
      revision
    }
  }
`);

export const retireAgentMutation = graphql(`
  mutation RetireAgent($id: ID!) {
    retireAgent(id: $id) {
      revision
    }
  }
`);

export const createAgentMutation = graphql(`
  mutation CreateAgent($input: CreateAgentInput!) {
    createAgent(input: $input) {
      revision
      agent {
        id
      }
    }
  }
`);

export const assignableQuery = graphql(`
  query Assignable {
    roles {
      id
      name
    }
    environments {
      id
      name
    }
  }
`);

export const assignRoleMutation = graphql(`
  mutation AssignRole($input: AssignRoleInput!) {
    assignRole(input: $input) {
      revision
      assignment {
        id
      }
    }
  }
`);

export const removeAssignmentMutation = graphql(`
  mutation RemoveAssignment($id: ID!) {
    removeAssignment(id: $id) {
      revision
    }
  }
`);
