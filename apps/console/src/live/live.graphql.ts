import { graphql } from '../gql/index.js';

export const openSocketTicketMutation = graphql(`
  mutation OpenSocketTicket {
    openSocketTicket {
      ticket
      revision
    }
  }
`);

export const convergenceFragment = graphql(`
  fragment ConvergenceParts on Convergence {
    revision
    committedAt
    total
    applied
    closedByExpiry
    pending
    slowestMs
    lines {
      server
      guard
      boot
      state
      appliedMs
      heldRevision
      closesInMs
    }
  }
`);

export const convergenceSubscription = graphql(`
  subscription ConvergenceOf($revision: Int) {
    convergence(revision: $revision) {
      ...ConvergenceParts
    }
  }
`);

export const decisionFragment = graphql(`
  fragment DecisionRow on Decision {
    position
    id
    at
    agent
    instance
    server
    tool
    outcome
    reason
    rule
    detail
    observed {
      outcome
      reason
      detail
    }
    revision
    result
    durationMs
    auditLevel
    withheld
    labels {
      trust
      secrecy
    }
  }
`);

export const recentDecisionsQuery = graphql(`
  query RecentDecisions($agent: ID, $server: ID) {
    recentDecisions(first: 50, agent: $agent, server: $server) {
      id
      ...DecisionRow
    }
  }
`);

export const decisionsSubscription = graphql(`
  subscription DecisionsLive($agent: ID, $server: ID) {
    decisions(agent: $agent, server: $server) {
      dropped
      through
      decisions {
        id
        ...DecisionRow
      }
    }
  }
`);
