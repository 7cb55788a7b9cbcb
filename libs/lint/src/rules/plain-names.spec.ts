import { describe, expect, it } from 'vitest';
import { lintText } from '../testing/lint-text.js';

const messages = (text: string) => lintText('plain-names', text);

describe('exported names say what a thing is', () => {
  it.each([
    'export class GuardManager {}',
    'export function feedHelper() {}',
    'export const dateUtils = {};',
    'export type CallHandler = () => void;',
    'export interface BaseCommand {}',
    'export class CommandBase {}',
    'export class FeedImpl {}',
    'const x = 1; export { x as commonThings };',
  ])('refuses %s', (text) => {
    expect(messages(text)).toHaveLength(1);
    expect(messages(text)[0]).toMatch(/says nothing/);
  });

  it('refuses an I-prefixed interface, exported or not', () => {
    expect(messages('interface IAgent {}')[0]).toMatch(/drop the I/);
  });

  it.each([
    'export class Follower {}',
    'export const databaseUrl = 1;',
    'export const baseUrl = 1;',
    'export interface Identity {}',
    'export interface IDToken {}',
    'const handler = () => 1;',
    "export type { RequestHandler } from 'express';",
  ])('accepts %s', (text) => expect(messages(text)).toEqual([]));
});
