import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { Config } from '../platform/config.js';

const patienceMs = 1000;

/** Whether the link process answers on this machine. Its certificate names the public address, so it is not compared here. */
export function linkAnswers(config: Pick<Config, 'tls' | 'host' | 'ports'>): Promise<boolean> {
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  const request = config.tls ? secureRequest : plainRequest;
  const options = {
    host,
    port: config.ports.guard,
    path: '/health/live',
    timeout: patienceMs,
    rejectUnauthorized: false,
  };
  return new Promise((resolve) => {
    const asking = request(options, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asking.on('timeout', () => asking.destroy());
    asking.on('error', () => resolve(false));
    asking.end();
  });
}
