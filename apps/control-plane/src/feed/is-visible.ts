import { isFeedKind, type FeedKind, type FeedValue, type PolicyPlace } from '@portcullis/contracts';
import { subjectOf, type LogObject } from './log-object.js';
import type { World } from './world.js';

type Question<K extends FeedKind> = (value: FeedValue<K>, slice: string, environment: string) => boolean;

const questions: { readonly [K in FeedKind]?: Question<K> } = {
  tool: (tool, slice) => tool.server === slice,
  // Something made from it may be used anywhere.
  credential: (credential) => credential.status === 'tainted',
  assignment: (assignment, _slice, environment) => assignment.environment === environment,
  grant: (grant, slice, environment) =>
    grant.environment === environment && (!('id' in grant.tool) || isToolOf(slice, grant.tool.id)),
  policy: (policy, slice, environment) =>
    (policy.environment === null || policy.environment === environment) &&
    policy.places.some((place) => canConcern(place, slice, environment)),
  directory: (directory, _slice, environment) => directory.environment === environment,
  'kill-switch': (stop, slice, environment) => {
    if (stop.scope === 'environment') return stop.target === environment;
    if (stop.scope === 'server') return stop.target === slice;
    if (stop.scope === 'tool') return isToolOf(slice, stop.target);
    // Every other scope, one from a newer version included, may concern any server.
    return true;
  },
};

/** Any tool may come to be of a class, so a class concerns every server. */
function canConcern({ tools, classes, server, environment: within }: PolicyPlace, slice: string, environment: string) {
  if (server !== null && server !== slice) return false;
  if (within !== null && within !== environment) return false;
  return classes !== null || tools === null || tools.some((tool) => isToolOf(slice, tool));
}

function isToolOf(slice: string, tool: string): boolean {
  return tool.startsWith(`${slice}/`);
}

/** What one server's guards may know: the only definition of a slice. */
export function isVisible(world: World, slice: string, object: LogObject): boolean {
  const environment = world.environmentOf(slice);
  if (environment === undefined) return false;
  if (object.kind === 'server') return object.id === slice;
  if (object.kind === 'environment') return object.id === environment;
  const subject = subjectOf(object);
  if (subject !== undefined && !world.holdsAny(subject, environment)) return false;
  // A grant of one conversation is about its agent, and about a tool as well.
  if (subject !== undefined && object.kind !== 'grant') return true;
  if (!isFeedKind(object.kind)) return true;
  const question = questions[object.kind] as Question<FeedKind> | undefined;
  return question?.(object.value as FeedValue<FeedKind>, slice, environment) === true;
}
