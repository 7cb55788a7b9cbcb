interface Read {
  readonly kind?: unknown;
  readonly request?: unknown;
  readonly each?: unknown;
}

/** Whether a constraint, as it was authored, or one on its items, needs a record of what the user asked for. */
export function asksRecord(authored: unknown): boolean {
  const { kind, request, each } = authored as Read;
  if (kind === 'provenance') return request === true;
  return kind === 'items' && Array.isArray(each) && each.some(asksRecord);
}
