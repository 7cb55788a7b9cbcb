import { feedObjectSchemas, isFeedKind, type FeedKind, type FeedValue } from '@portcullis/contracts';

type Sentence<K extends FeedKind> = (value: FeedValue<K>, id: string) => string;

const sentences: { readonly [K in FeedKind]?: Sentence<K> } = {
  agent: ({ name }) => `The agent is called ${name}.`,
  'agent-status': ({ status }) => `The agent is ${status}.`,
  'cut-off': () => 'Tokens from before this revision are dead.',
  credential: ({ status }, id) => `Credential ${id} is ${status}.`,
  assignment: ({ role, environment }, id) => `It holds ${role} in ${environment} by ${id}.`,
  conversation: ({ status }, id) => `Conversation ${id} is ${status}.`,
  directory: ({ name, entries }) => `Directory ${name} has ${entries.length} entries.`,
  'token-revocation': (_value, id) => `Token ${id} is revoked.`,
  'kill-switch': ({ status }, id) => `Kill switch ${id} on the agent is ${status}.`,
};

const departures: Readonly<Record<string, (id: string) => string>> = {
  assignment: (id) => `Assignment ${id} is over.`,
  conversation: (id) => `Conversation ${id} has left the feed.`,
  'token-revocation': (id) => `Revoked token ${id} has expired.`,
};

/** A change in one sentence. A value that this version cannot read is said to have changed, no more. */
export function changeText(kind: string, id: string, value: unknown): string {
  if (value === null) return departures[kind]?.(id) ?? `${kind} ${id} is gone.`;
  const changed = `${kind} ${id} has changed.`;
  if (!isFeedKind(kind)) return changed;
  const parsed = feedObjectSchemas[kind].safeParse(value);
  const sentence = sentences[kind] as ((value: unknown, id: string) => string) | undefined;
  return parsed.success && sentence ? sentence(parsed.data, id) : changed;
}
