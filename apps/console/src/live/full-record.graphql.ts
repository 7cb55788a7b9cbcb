import { graphql } from '../gql/index.js';

export const openFullRecordMutation = graphql(`
  mutation OpenFullRecord($position: Float!) {
    openFullRecord(position: $position) {
      revision
      record {
        decision
        arguments {
          ...RecordedSideParts
        }
        result {
          ...RecordedSideParts
        }
        readings {
          person
          name
          isByToken
          at
        }
      }
    }
  }
`);

export const recordedSideFragment = graphql(`
  fragment RecordedSideParts on RecordedSide {
    bytes
    hash
    text
    isAsReported
  }
`);
