import { isIP } from 'node:net';
import { isNaivelyKnown } from './naive-identity.fixture.js';
import type { Constraint, ItemConstraint } from '@portcullis/contracts';

/** Every kind that speaks about parameters by their path; `schema` is another engine's word and has its own specs. */
export type PathConstraint = Exclude<Constraint, { kind: 'schema' }>;

/** What the naive interpreter knows of a call. */
export interface NaiveCall {
  readonly arguments: unknown;
  readonly claims: Readonly<Record<string, string | undefined>>;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** What the user asked for, and what stands in the directories, in clear. */
  readonly requested: readonly string[];
  readonly directories: Readonly<Record<string, readonly string[]>>;
}

/**
 * Whether a call keeps a constraint, read off the definition in contracts and written without any part of what is compiled
 * (protocol G5): no speed, no words, other methods. Patterns are run by the language's own engine, so only give it harmless ones.
 */
export function naivelyMet(constraint: PathConstraint, call: NaiveCall): boolean {
  if (constraint.kind !== 'items') return isMetAt(constraint, constraint.path.split('.'), call.arguments, call);
  const list = constraint.path.split('.').reduce<unknown>(step, call.arguments);
  if (!Array.isArray(list)) return false;
  const { min, max, each = [] } = constraint;
  if (min !== undefined && list.length < min) return false;
  if (max !== undefined && list.length > max) return false;
  return list.every((item) =>
    each.every((one) => isMetAt(one, one.path === '.' ? [] : one.path.split('.'), item, call)),
  );
}

const nothing = Symbol('nothing');

function step(from: unknown, name: string): unknown {
  if (Array.isArray(from)) return String(Number(name)) === name && Number(name) in from ? from[Number(name)] : nothing;
  if (typeof from !== 'object' || from === null) return nothing;
  const own = Object.entries(from).find(([key]) => key === name);
  return own ? own[1] : nothing;
}

function isMetAt(constraint: ItemConstraint, path: readonly string[], from: unknown, call: NaiveCall): boolean {
  const [first, ...rest] = path;
  if (first === undefined) return constraint.kind === 'forbidden' ? from === nothing : isMet(constraint, from, call);
  if (first !== '*') return isMetAt(constraint, rest, step(from, first), call);
  if (from === nothing) return constraint.kind === 'forbidden';
  return Array.isArray(from) && from.every((item) => isMetAt(constraint, rest, item, call));
}

function isMet(constraint: ItemConstraint, value: unknown, call: NaiveCall): boolean {
  switch (constraint.kind) {
    case 'min':
      return Number.isFinite(value) && Number(value) - constraint.value >= 0;
    case 'max':
      return Number.isFinite(value) && constraint.value - Number(value) >= 0;
    case 'equal':
      return isSame(value, constraint.value);
    case 'one-of':
      return constraint.values.some((one) => isSame(value, one));
    case 'equal-claim':
      return isSame(value, wanted(constraint.claim, call));
    case 'forbidden':
      return false;
    case 'provenance': {
      const listed = (constraint.directories ?? []).flatMap((id) => call.directories[id] ?? []);
      const known = constraint.request === true ? [...listed, ...call.requested] : listed;
      return typeof value === 'string' && isNaivelyKnown(constraint.as, value, known);
    }
    case 'sql':
      throw new Error('SQL is not read naively: its referee is a Postgres, in sql-referee.spec.ts of control-plane');
    default:
      return typeof value === 'string' && isTextMet(constraint, value);
  }
}

type TextConstraint = Extract<ItemConstraint, { kind: 'length' | 'prefix' | 'glob' | 'pattern' | 'hosts' | 'cidr' }>;

function isTextMet(constraint: TextConstraint, text: string): boolean {
  switch (constraint.kind) {
    case 'length':
      return [...text].length >= (constraint.min ?? 0) && [...text].length <= (constraint.max ?? text.length);
    case 'prefix':
      return text.indexOf(constraint.prefix) === 0 && !(constraint.prefix.includes('/') && isDeceptive(text));
    case 'glob':
      return !isDeceptive(text) && fits([...constraint.glob], [...text], true);
    case 'pattern':
      return new RegExp(`^(?:${constraint.pattern})$`, 'u').test(text) && !text.endsWith('\n');
    case 'hosts':
      return isAtHost(constraint.hosts, constraint.schemes ?? ['https'], text);
    case 'cidr':
      return constraint.networks.some((network) => isInNetwork(text, network));
  }
}

function isSame(value: unknown, wanted: unknown): boolean {
  return wanted !== undefined && typeof value === typeof wanted && JSON.stringify(value) === JSON.stringify(wanted);
}

function wanted(claim: string, call: NaiveCall): unknown {
  const attribute = claim.split('.')[1];
  if (attribute === undefined) return call.claims[claim];
  return Object.entries(call.attributes).find(([name]) => name === attribute)?.[1];
}

function isDeceptive(text: string): boolean {
  if ([...text].some((sign) => sign < ' ' || (sign >= '\x7f' && sign <= '\x9f') || sign === '\\')) return true;
  if (/%00|%25|%2f|%5c/i.test(text)) return true;
  const [before = '', ...after] = text.split('://');
  const hasScheme =
    after.length > 0 && /^[a-z]/i.test(before) && [...before].every((sign) => /[a-z0-9+.-]/i.test(sign));
  const body = hasScheme ? after.join('://') : text;
  if (body.includes('//')) return true;
  return body.split('/').some((part) => ['.', '..'].includes((part.split(/[?#]/)[0] ?? '').replaceAll(/%2e/gi, '.')));
}

/** Tries every way, one character after the other. `atStart`: at the beginning of a segment of the glob. */
function fits(glob: readonly string[], text: readonly string[], atStart: boolean): boolean {
  const [first, second, third] = glob;
  if (first === undefined) return text.length === 0;
  if (first === '*' && second === '*') {
    if (atStart && third === '/')
      return [-1, ...slashesOf(text)].some((slash) => fits(glob.slice(3), text.slice(slash + 1), true));
    const rest = glob.slice(glob.findIndex((sign) => sign !== '*'));
    const after = glob.every((sign) => sign === '*') ? [] : rest;
    return cuts(text.length).some((cut) => fits(after, text.slice(cut), false));
  }
  if (first === '*') {
    const slash = text.indexOf('/');
    return cuts(slash < 0 ? text.length : slash).some((cut) => fits(glob.slice(1), text.slice(cut), false));
  }
  const [sign] = text;
  if (sign === undefined || (first === '?' ? sign === '/' : sign !== first)) return false;
  return fits(glob.slice(1), text.slice(1), first === '/');
}

const cuts = (most: number): readonly number[] => Array.from({ length: most + 1 }, (_, cut) => cut);
const slashesOf = (text: readonly string[]) => text.flatMap((sign, at) => (sign === '/' ? [at] : []));

function isAtHost(hosts: readonly string[], schemes: readonly string[], text: string): boolean {
  const cut = text.indexOf('://');
  const scheme = cut < 0 ? 'https' : text.slice(0, cut).toLowerCase();
  const rest = cut < 0 ? text : text.slice(cut + 3);
  const end = rest.search(/[/?#]/);
  const authority = (end < 0 ? rest : rest.slice(0, end)).toLowerCase();
  if ((cut < 0 && end >= 0) || (cut >= 0 && !schemes.includes(scheme))) return false;
  if (text.includes('\\') || /\s/.test(text)) return false;
  const ownPort = scheme === 'https' || scheme === 'wss' ? ':443' : ':80';
  const found = authority.endsWith(ownPort) ? authority.slice(0, -ownPort.length) : authority;
  return hosts.some((host) =>
    host.startsWith('*.') ? found.endsWith(host.slice(1)) && isName(found) : found === host,
  );
}

const isName = (host: string): boolean => host.split('.').every((label) => /^[a-z0-9_-]+(:\d+)?$/.test(label));

function isInNetwork(text: string, network: string): boolean {
  const [base = '', bits] = network.split('/');
  const address = bitsOf(text);
  const range = bitsOf(base);
  if (address === undefined || range === undefined || address.length !== range.length) return false;
  const written = bits === undefined ? undefined : Number(bits) - (base.includes(':') && range.length === 32 ? 96 : 0);
  return address.slice(0, written ?? range.length) === range.slice(0, written ?? range.length);
}

/** As noughts and ones: 32 of them for IPv4 and what stands for it, else 128. */
function bitsOf(text: string): string | undefined {
  if (text.includes('%') || isIP(text) === 0) return undefined;
  if (isIP(text) === 4) return text.split('.').map(octet).join('');
  const plain = text.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_all, a, b, c, d) =>
    [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map((group) => group.toString(16)).join(':'),
  );
  const [head = '', tail] = plain.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const after = groups(tail ?? '');
  const gap = tail === undefined ? 0 : 8 - groups(head).length - after.length;
  const all = [...groups(head), ...Array.from({ length: gap }, () => '0'), ...after];
  const bits = all.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('');
  const mapped = '0'.repeat(80) + '1'.repeat(16);
  return bits.startsWith(mapped) ? bits.slice(96) : bits;
}

const octet = (text: string): string => Number(text).toString(2).padStart(8, '0');
