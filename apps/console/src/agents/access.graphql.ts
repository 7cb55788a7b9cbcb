import { graphql } from '../gql/index.js';

export const effectiveAccessQuery = graphql(`
  query EffectiveAccess($agent: ID!) {
    environments {
      id
      ...ObservedParts
    }
    effectiveAccess(agent: $agent) {
      agent
      revision
      at
      rows {
        server
        environment
        tool
        name
        role
        task
        outcome
        reason
        rule
        detail
        observed {
          outcome
          reason
          rule
          detail
        }
        grants {
          rule
          conditions
          obligations
          approval
        }
      }
    }
  }
`);

export const explainCallQuery = graphql(`
  query ExplainCall($input: ExplainCallInput!) {
    explainCall(input: $input) {
      outcome
      reason
      rule
      detail
      observed {
        outcome
        reason
        rule
        detail
      }
      revision
      at
      environment
      role
      task
      credential
      user
      obligations
      checks {
        name
        question
        outcome
        denial {
          reason
          rule
          detail
        }
        grants {
          left
          dropped {
            rule
            detail
          }
        }
      }
      unlock {
        isPossible
        why
        changes {
          kind
          text
        }
      }
    }
  }
`);

export const agentQuotaUsageQuery = graphql(`
  query AgentQuotaUsage($agent: ID!) {
    agentQuotaUsage(agent: $agent) {
      ...QuotaUse
    }
  }
`);
