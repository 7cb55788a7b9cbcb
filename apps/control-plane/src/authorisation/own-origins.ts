import type { Config } from '../platform/config.js';

const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

/** The origins our own console can have: the public address and, when that is loopback, its other names. */
export function ownOrigins(config: Pick<Config, 'publicUrl' | 'ports' | 'tls'>): ReadonlySet<string> {
  const own = new URL(config.publicUrl);
  const origins = [own.origin];
  const protocol = config.tls ? 'https:' : 'http:';
  for (const host of loopbackHosts) origins.push(`${protocol}//${host}:${config.ports.api}`);
  return new Set(origins);
}
