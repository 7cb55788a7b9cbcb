import type { WideningsQuery } from '../gql/graphql.js';

/** A widening, and whose conversation it is. */
export type WideningRow = WideningsQuery['widenings']['rows'][number];
