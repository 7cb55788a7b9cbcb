import { test, type TestContext } from 'vitest';
import { requirements, type RequirementId } from './requirements.js';

const known = new Set<string>(requirements.map(({ id }) => id));

/**
 * A scenario: proves one promise, or several that one course of events shows together. The ids stand in the title, so a
 * red line in the output names the promise that broke. An id that is not in `requirements` fails the file as it loads.
 */
export function promise(
  ids: RequirementId | readonly RequirementId[],
  title: string,
  scenario: (context: TestContext) => void | Promise<void>,
  timeoutMs?: number,
): void {
  const cited: readonly string[] = typeof ids === 'string' ? [ids] : ids;
  const unknown = cited.filter((id) => !known.has(id));
  if (unknown.length > 0 || cited.length === 0) {
    throw new Error(
      `${unknown.join(', ') || 'this scenario'} is not a promise of requirements.ts; add it there, with its bound and source`,
    );
  }
  test(`${cited.join(' ')} ${title}`, scenario, timeoutMs);
}
