/** A class that a tool may well belong to, and what speaks for it. */
export interface SuggestedClass {
  readonly name: string;
  readonly reasons: readonly string[];
}

/** What is known of a tool: its name, and the annotations of its server, which are hints and no promise. */
export interface ToolHints {
  readonly name: string;
  readonly annotations?: unknown;
}

const words: Readonly<Record<string, readonly string[]>> = {
  payments: [
    'refund',
    'pay',
    'payment',
    'payout',
    'charge',
    'transfer',
    'invoice',
    'purchase',
    'buy',
    'order',
    'checkout',
    'wire',
  ],
  destructive: [
    ...[
      'delete',
      'del',
      'drop',
      'remove',
      'purge',
      'truncate',
      'destroy',
      'wipe',
      'erase',
      'reset',
      'kill',
      'terminate',
      'revoke',
    ],
    ...[
      'exec',
      'execute',
      'eval',
      'shell',
      'bash',
      'run',
      'command',
      'sql',
      'sudo',
      'rm',
      'overwrite',
      'rollback',
      'shutdown',
    ],
  ],
  egress: [
    ...[
      'send',
      'email',
      'mail',
      'sms',
      'post',
      'publish',
      'notify',
      'message',
      'webhook',
      'upload',
      'share',
      'export',
      'tweet',
    ],
    ...[
      'fetch',
      'http',
      'https',
      'url',
      'request',
      'download',
      'browse',
      'crawl',
      'scrape',
      'web',
      'curl',
      'slack',
      'call',
    ],
  ],
  write: [
    ...[
      'create',
      'update',
      'set',
      'add',
      'edit',
      'write',
      'insert',
      'patch',
      'put',
      'save',
      'close',
      'assign',
      'move',
      'rename',
    ],
    ...['approve', 'cancel', 'merge', 'upsert', 'enable', 'disable', 'apply', 'book', 'submit'],
  ],
  read: [
    'list',
    'get',
    'read',
    'search',
    'find',
    'lookup',
    'show',
    'describe',
    'count',
    'view',
    'query',
    'status',
    'fetch',
    'check',
  ],
};

/**
 * The classes to propose for a tool to an admin, with the reasons: from words in its name, and from MCP annotations. Never to be
 * applied by itself: annotations are the server's own word. A hint that a tool only reads proposes `read` only where its name says
 * nothing else. Nothing to propose: the tool counts as `destructive` until somebody says otherwise (protocol E7).
 */
export function suggestClasses({ name, annotations }: ToolHints): readonly SuggestedClass[] {
  const reasons = new Map<string, string[]>();
  const because = (toolClass: string, reason: string) =>
    void reasons.set(toolClass, [...(reasons.get(toolClass) ?? []), reason]);
  const parts = new Set(wordsOf(name));
  for (const [toolClass, those] of Object.entries(words))
    for (const word of those) if (parts.has(word)) because(toolClass, `its name says “${word}”`);
  const hint = hintsOf(annotations);
  if (hint('readOnlyHint') === true) because('read', 'its server says that it only reads (readOnlyHint)');
  else if (hint('destructiveHint') === true)
    because('destructive', 'its server says that it may destroy (destructiveHint)');
  else if (hint('destructiveHint') === false)
    because('write', 'its server says that it changes without destroying (destructiveHint)');
  else if (hint('idempotentHint') === true)
    because('write', 'its server says that doing it twice is doing it once (idempotentHint)');
  if (hint('openWorldHint') === true) because('egress', 'its server says that it reaches outside (openWorldHint)');
  const doesMore = ['payments', 'destructive', 'egress', 'write'].some((one) => reasons.has(one));
  if (doesMore) reasons.delete('read');
  return Object.keys(words).flatMap((one) => {
    const those = reasons.get(one);
    return those ? [{ name: one, reasons: those }] : [];
  });
}

/** `deleteUser`, `delete_user`, `delete-user` and `crm.delete` all say `delete`. */
function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]/)
    .map((word) => word.toLowerCase());
}

function hintsOf(annotations: unknown): (hint: string) => unknown {
  const said = typeof annotations === 'object' && annotations !== null ? annotations : {};
  return (hint) => (Object.hasOwn(said, hint) ? (said as Readonly<Record<string, unknown>>)[hint] : undefined);
}
