import { hostIn, type ConstraintOf } from '@portcullis/contracts';
import type { ValueCheck } from './constraint-check.js';
import { literalsText } from './literal-text.js';

/** An URL or a host whose host is on the list. A port other than the scheme's own must stand in the list with it. */
export function compileHosts({
  hosts,
  schemes = ['https'],
}: Pick<ConstraintOf<'hosts'>, 'hosts' | 'schemes'>): ValueCheck {
  const exact: ReadonlySet<string> = new Set(hosts.filter((host) => !host.startsWith('*.')));
  const below = hosts.flatMap((host) => (host.startsWith('*.') ? [host.slice(1)] : []));
  const allowed: ReadonlySet<string> = new Set(schemes);
  const other = `names a host that is not among ${literalsText(hosts)}`;
  return (value) => {
    const found = typeof value === 'string' ? hostIn(value) : undefined;
    if (found === undefined) return 'is neither an URL nor a host written plainly';
    if (found.scheme !== undefined && !allowed.has(found.scheme)) return `is not by ${schemes.join(' or ')}`;
    const { host } = found;
    const isListed = exact.has(host) || below.some((end) => host.endsWith(end) && host.length > end.length);
    return isListed ? undefined : other;
  };
}
