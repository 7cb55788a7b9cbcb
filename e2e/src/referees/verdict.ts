import { z } from 'zod';

/** What a referee said about one scenario: the checks it found wanting, none when it passed. */
export interface ScenarioResult {
  /** `suite/scenario`. */
  readonly name: string;
  readonly failed: readonly { readonly check: string; readonly message: string }[];
  readonly warnings: number;
}

const expectedFailureSchema = z.record(
  z.string(),
  z
    .object({
      /** Every check that fails; another one beside them is a new failure. */
      checks: z.array(z.string()).min(1),
      reason: z.string().min(20, 'say why, in a sentence'),
    })
    .strict(),
);
/** The scenarios that are known to fail, by `suite/scenario`. The list only ever gets shorter. */
export type ExpectedFailures = Readonly<z.infer<typeof expectedFailureSchema>>;

/** Reads the committed list; an entry without a reason, or with anything else in it, throws. */
export function parseExpectedFailures(text: string): ExpectedFailures {
  return expectedFailureSchema.parse(JSON.parse(text));
}

export interface Verdict {
  readonly passed: readonly string[];
  readonly failedAsExpected: readonly string[];
  /** One sentence each; empty when the run is what the list says. */
  readonly problems: readonly string[];
}

function problemsOf({ name, failed }: ScenarioResult, expected: ExpectedFailures): string[] {
  const entry = expected[name];
  if (entry === undefined) return failed.map(({ check, message }) => `${name} fails: ${check}: ${message}`);
  if (failed.length === 0) return [`${name} passes now: take it out of the expected failures`];
  const known = new Set(entry.checks);
  const failing = new Set(failed.map(({ check }) => check));
  return [
    ...failed
      .filter(({ check }) => !known.has(check))
      .map(({ check, message }) => `${name} fails in another way: ${check}: ${message}`),
    ...entry.checks
      .filter((check) => !failing.has(check))
      .map((check) => `${name}: ${check} passes now: take it out of the expected failures`),
  ];
}

/** Compares a whole run with the list. An entry about a scenario that did not run is a problem too: it would hide for ever. */
export function judge(results: readonly ScenarioResult[], expected: ExpectedFailures): Verdict {
  const ran = new Set(results.map(({ name }) => name));
  const gone = Object.keys(expected).filter((name) => !ran.has(name));
  return {
    passed: results.filter(({ failed }) => failed.length === 0).map(({ name }) => name),
    failedAsExpected: results
      .filter((result) => result.failed.length > 0 && problemsOf(result, expected).length === 0)
      .map(({ name }) => name),
    problems: [
      ...(results.length === 0 ? ['no scenario ran: an empty run proves nothing'] : []),
      ...results.flatMap((result) => problemsOf(result, expected)),
      ...gone.map((name) => `${name} did not run, but is expected to fail`),
    ],
  };
}
