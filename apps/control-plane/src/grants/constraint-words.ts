import type { ConstraintOf } from '@portcullis/contracts';

/** `"EUR", "USD" or "GBP"`. */
export function listText(entries: readonly string[], joint: 'or' | 'and' = 'or'): string {
  const last = entries.at(-1) ?? '';
  return entries.length < 2 ? last : `${entries.slice(0, -1).join(', ')} ${joint} ${last}`;
}

/** `64 KiB`, `2 MiB`, `1000 bytes`: never rounded. */
export function bytesText(bytes: number): string {
  if (bytes % 1_048_576 === 0) return `${bytes / 1_048_576} MiB`;
  if (bytes % 1024 === 0) return `${bytes / 1024} KiB`;
  return `${bytes} byte${bytes === 1 ? '' : 's'}`;
}

/** `1 to 5 items`, `at most 1 item`, `at least 2 items`, `exactly 3 items`. */
export function sizeText(min: number | undefined, max: number | undefined, unit: string): string {
  const counted = (count: number) => `${count} ${unit}${count === 1 ? '' : 's'}`;
  if (max === undefined) return `at least ${counted(min ?? 0)}`;
  if (min === undefined) return `at most ${counted(max)}`;
  return min === max ? `exactly ${counted(max)}` : `${min} to ${counted(max)}`;
}

/** `at api.example.com or any host below example.com, by https`. */
export function hostsText(hosts: readonly string[], schemes: readonly string[] = ['https']): string {
  const named = hosts.map((host) => (host.startsWith('*.') ? `any host below ${host.slice(2)}` : host));
  return `at ${listText(named)}, by ${listText(schemes)}`;
}

const forms = {
  email: 'an e-mail address',
  url: 'a URL',
  account: 'an account number',
  phone: 'a phone number',
  text: 'a text',
} as const;

/** `an e-mail address from the user's own request or directory payees`. */
export function provenanceText({ as, request, directories = [] }: Omit<ConstraintOf<'provenance'>, 'path'>): string {
  const sources = [
    ...(request === true ? ["the user's own request"] : []),
    ...directories.map((id) => `directory ${id}`),
  ];
  return `${forms[as]} from ${listText(sources)}`;
}
