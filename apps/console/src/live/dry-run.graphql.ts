import { graphql } from '../gql/index.js';

export const dryRunQuery = graphql(`
  query DryRun($input: DryRunInput!) {
    dryRun(input: $input) {
      revision
      from
      sentence
      decisions
      replayed
      ended
      notRecorded
      cannotKnow
      groups {
        change
        agent
        tool
        environment
        count
        calls {
          decision
          at
          before {
            outcome
            reason
          }
          after {
            outcome
            reason
            detail
          }
        }
      }
    }
  }
`);
