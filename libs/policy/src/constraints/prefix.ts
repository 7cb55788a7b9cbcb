import type { ConstraintOf } from '@portcullis/contracts';
import { climbs } from './climbs.js';
import type { ValueCheck } from './constraint-check.js';
import { literalText } from './literal-text.js';

/** Text that begins with `prefix`. A prefix with a slash in it is about a path or an URL, and then the text must not climb out of it. */
export function compilePrefix({ prefix }: Pick<ConstraintOf<'prefix'>, 'prefix'>): ValueCheck {
  const isPath = prefix.includes('/');
  const otherwise = `does not begin with ${literalText(prefix)}`;
  return (value) => {
    if (typeof value !== 'string') return 'is not text';
    if (!value.startsWith(prefix)) return otherwise;
    return isPath ? climbs(value) : undefined;
  };
}
