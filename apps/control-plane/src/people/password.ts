import { hash, verify } from '@node-rs/argon2';

/** OWASP's argon2id setting: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const shortestPassword = 12;
export const longestPassword = 256;

export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

export function isPassword(given: { hash: string; password: string }): Promise<boolean> {
  return verify(given.hash, given.password);
}
