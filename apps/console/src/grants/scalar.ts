import type { ParameterType } from './part-form.js';

const jsonNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** What a person means by a literal: a text where the parameter is one, otherwise a number, true or false where it reads as one. */
export function scalarOf(text: string, type?: ParameterType): string | number | boolean {
  const said = text.trim();
  if (said.length > 1 && said.startsWith('"') && said.endsWith('"')) return quoted(said);
  if (type === 'string') return said;
  if (said === 'true' || said === 'false') return said === 'true';
  const value = Number(said);
  return jsonNumber.test(said) && Number.isFinite(value) ? value : said;
}

function quoted(said: string): string {
  try {
    const value: unknown = JSON.parse(said);
    return typeof value === 'string' ? value : said;
  } catch {
    return said;
  }
}

/** The literal as it is written, so that it reads as the same one whatever the parameter is. */
export function textOfScalar(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  return scalarOf(value) === value && value.trim() === value && value !== '' ? value : JSON.stringify(value);
}
