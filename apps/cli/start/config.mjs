import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { StartProblem, exits } from './problem.mjs';
import { settings } from './settings.mjs';

/**
 * @typedef {object} Config
 * @property {string} root the checkout
 * @property {string} data absolute data folder
 * @property {boolean} hasDemo
 * @property {{api: number, link: number, lane: number, demo: number}} ports
 * @property {string | undefined} databaseUrl
 * @property {{console: string, guards: string, lane: string, demo: string | null}} urls
 * @property {Record<string, string>} environment what the other processes are given
 */

/**
 * Reads the environment over `.env`, and lists every problem at once.
 * @param {string} root
 * @param {Record<string, string | undefined>} environment
 * @returns {Config}
 */
export function readConfig(root, environment) {
  const given = { ...readEnvFile(root), ...withoutEmpty(environment) };
  /** @type {Record<string, string>} */
  const values = {};
  /** @type {string[]} */
  const problems = [];
  for (const [name, { fallback, check }] of Object.entries(settings)) {
    const value = given[name] ?? fallback;
    if (value === undefined) continue;
    const wrong = check(value);
    if (wrong) problems.push(`${name} ${wrong}`);
    values[name] = value;
  }
  problems.push(...together(values));
  if (problems.length > 0) {
    const count = problems.length === 1 ? '' : `${problems.length} problems: `;
    throw new StartProblem(
      'config_invalid',
      exits.configuration,
      `${count}${problems.join(' · ')}; correct the environment or .env (.env.example explains each name)`,
    );
  }
  return shape(root, { ...withoutEmpty(environment), ...given }, values);
}

/** @param {string} root */
function readEnvFile(root) {
  const file = join(root, '.env');
  return existsSync(file) ? withoutEmpty(parseEnv(readFileSync(file, 'utf8'))) : {};
}

/**
 * An empty variable is how a shell or a compose file says "not set".
 * @param {Record<string, string | undefined>} environment
 */
function withoutEmpty(environment) {
  /** @type {Record<string, string>} */
  const kept = {};
  for (const [name, value] of Object.entries(environment)) if (value !== undefined && value !== '') kept[name] = value;
  return kept;
}

/** @param {Record<string, string>} values */
function* together(values) {
  const names = [
    'PORTCULLIS_PORT',
    'PORTCULLIS_GUARD_PORT',
    'PORTCULLIS_KILL_PORT',
    ...(values.PORTCULLIS_DEMO === 'on' ? ['PORTCULLIS_DEMO_PORT'] : []),
  ];
  for (const [i, name] of names.entries()) {
    const same = names.slice(0, i).find((earlier) => values[earlier] === values[name]);
    if (same) yield `${name} is the same port as ${same}`;
  }
  if ((values.PORTCULLIS_TLS_CERT === undefined) !== (values.PORTCULLIS_TLS_KEY === undefined)) {
    yield 'PORTCULLIS_TLS_CERT and PORTCULLIS_TLS_KEY go together';
  }
}

/**
 * @param {string} root
 * @param {Record<string, string>} given
 * @param {Record<string, string>} values
 * @returns {Config}
 */
function shape(root, given, values) {
  const data = resolve(root, values.PORTCULLIS_DATA);
  const ports = {
    api: Number(values.PORTCULLIS_PORT),
    link: Number(values.PORTCULLIS_GUARD_PORT),
    lane: Number(values.PORTCULLIS_KILL_PORT),
    demo: Number(values.PORTCULLIS_DEMO_PORT),
  };
  const scheme = values.PORTCULLIS_TLS_CERT ? 'https' : 'http';
  const hasDemo = values.PORTCULLIS_DEMO === 'on';
  const urls = {
    console: (values.PORTCULLIS_PUBLIC_URL ?? `${scheme}://localhost:${ports.api}`).replace(/\/$/, ''),
    guards: `${scheme}://localhost:${ports.link}`,
    lane: `${scheme}://localhost:${ports.lane}`,
    demo: hasDemo ? `http://localhost:${ports.demo}` : null,
  };
  const kek = resolve(root, values.PORTCULLIS_KEK_FILE ?? join(data, 'kek'));
  const environment = {
    ...given,
    ...values,
    PORTCULLIS_DATA: data,
    PORTCULLIS_KEK_FILE: kek,
    PORTCULLIS_PUBLIC_URL: urls.console,
  };
  return { root, data, hasDemo, ports, databaseUrl: values.DATABASE_URL, urls, environment };
}
