import type { ShownVersion } from './PolicyPage.js';

/** A test as it is written: the call as JSON text, so that what is half typed can stand. */
export interface DraftTest {
  readonly key: string;
  readonly name: string;
  readonly call: string;
  readonly want: string;
}

const exampleCall = { agent: 'my-agent', role: 'support', task: 'execute', tool: 'server/tool', arguments: {} };

export function draftTests(version: ShownVersion | undefined): readonly DraftTest[] {
  return (version?.tests ?? []).map((stored: unknown, index: number) => {
    const { name, call, want } = stored as { name: string; call: unknown; want: string };
    return { key: `stored ${index}`, name, call: JSON.stringify(call, null, 2), want };
  });
}

export function newTest(count: number): DraftTest {
  return { key: `new ${count}`, name: '', call: JSON.stringify(exampleCall, null, 2), want: 'deny' };
}

/** The tests for the server; a name where the call is no JSON. */
export function parsedTests(tests: readonly DraftTest[]): {
  readonly tests: unknown[];
  readonly unreadable: string | null;
} {
  const parsed: unknown[] = [];
  for (const { name, call, want } of tests) {
    try {
      parsed.push({ name, call: JSON.parse(call) as unknown, want });
    } catch {
      return { tests: [], unreadable: name === '' ? 'the test without a name' : name };
    }
  }
  return { tests: parsed, unreadable: null };
}
