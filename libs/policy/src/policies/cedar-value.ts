import type { PolicyValueType } from '@portcullis/contracts';
import type { CedarJson } from './cedar-json.js';

type Leaf = 'string' | 'long' | 'decimal' | 'boolean';

const elementOf: Readonly<Partial<Record<PolicyValueType, Leaf>>> = {
  strings: 'string',
  longs: 'long',
  decimals: 'decimal',
  booleans: 'boolean',
};

/**
 * A parameter's value as Cedar reads it. `undefined`: it does not fit the type, which denies (protocol G1): a number that is no
 * number, too large or of more than 4 places, a list of mixed things, another type than the schema said.
 */
export function cedarValue(value: unknown, type: PolicyValueType): CedarJson | undefined {
  if (type === 'record') return isRecord(value) ? {} : undefined;
  const element = elementOf[type];
  if (element === undefined) return leaf(value, type as Leaf);
  if (!Array.isArray(value)) return undefined;
  const items = (value as readonly unknown[]).map((item) => leaf(item, element));
  return items.every((item) => item !== undefined) ? items : undefined;
}

/** Half a character: Cedar would read another one in its place. */
const unpaired = /\p{Surrogate}/u;

function leaf(value: unknown, type: Leaf): CedarJson | undefined {
  if (type === 'string') return typeof value === 'string' && !unpaired.test(value) ? value : undefined;
  if (type === 'boolean') return typeof value === 'boolean' ? value : undefined;
  if (typeof value !== 'number') return undefined;
  if (type === 'long') return Number.isSafeInteger(value) ? value + 0 : undefined;
  const text = decimalText(value);
  return text === undefined ? undefined : { __extn: { fn: 'decimal', arg: text } };
}

/** The largest magnitude of which a double still tells 4 places apart; Cedar itself goes a little further. */
const largest = 99_999_999_999;
const plain = /^-?\d+(?:\.\d{1,4})?$/;

/** A number the way Cedar writes a decimal, `undefined` when 4 places do not hold it. */
export function decimalText(value: number): string | undefined {
  if (!Number.isFinite(value) || Math.abs(value) > largest) return undefined;
  const text = String(value + 0);
  if (!plain.test(text)) return undefined;
  return text.includes('.') ? text : `${text}.0`;
}

/** Whether it is an object and no list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
