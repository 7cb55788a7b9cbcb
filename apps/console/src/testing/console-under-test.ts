import { openBrowser, type OpenBrowser } from '@portcullis/testkit/browser';
import { afterAll, beforeAll } from 'vitest';
import { builtConsole } from './built-console.js';

export interface UnderTest {
  readonly dist: string;
  readonly browser: OpenBrowser;
}

/** The built console and a browser for the specs of one file, there from before its first spec to after its last. */
export function consoleUnderTest(): UnderTest {
  let opened: UnderTest | undefined;
  const there = (): UnderTest => {
    if (opened) return opened;
    throw new Error('the console is there once the specs run, not before');
  };
  beforeAll(async () => {
    const [dist, browser] = await Promise.all([builtConsole(), openBrowser()]);
    opened = { dist, browser };
  });
  afterAll(async () => {
    await opened?.browser.close();
  });
  return {
    get dist() {
      return there().dist;
    },
    get browser() {
      return there().browser;
    },
  };
}
