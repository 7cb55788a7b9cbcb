// A stand-in control plane with invented data, for looking at the console and for its browser specs. Never shipped.
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSchema, graphql } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { addDecision, makeWorld } from './fixture-data.mjs';
import { makeRoot } from './fixture-root.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
// The policy the control plane is to send: nothing inline but Mantine's generated style elements.
const csp = (lane) =>
  `default-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self' ws: ${lane}; frame-ancestors 'none'; base-uri 'none'`;

const settings = {
  port: 0,
  lanePort: 0,
  dist: join(here, '../dist'),
  signedIn: true,
  liveEveryMs: 1_500,
  laneAnswers: true,
  applyAfterMs: 12,
  keyTakesMs: 400,
  neverApplies: false,
};

export async function startFixture(options = {}) {
  const { port, lanePort, dist, liveEveryMs, ...chosen } = { ...settings, ...options };
  const schema = buildSchema(readFileSync(join(here, '../../../libs/contracts/schema.graphql'), 'utf8'));
  const wake = new EventEmitter().setMaxListeners(0);
  const state = { ...chosen, world: makeWorld(options), wake, stopUrl: '', failing: new Set(), forbidden: new Set() };
  const root = makeRoot(state);
  const lane = createServer((request, response) => void answerLane(state, root, request, response));
  await listen(lane, lanePort);
  state.stopUrl = `http://127.0.0.1:${lane.address().port}/stop`;
  const http = createServer((request, response) => {
    answer({ state, root, schema, dist }, request, response).catch(() => response.destroy());
  });
  const sockets = new WebSocketServer({ server: http, path: '/graphql' });
  const onConnect = ({ connectionParams }) => connectionParams?.ticket === 'ticket-1';
  useServer({ schema, roots: { subscription: root }, onConnect }, sockets);
  const traffic = setInterval(() => decide(state), liveEveryMs);
  await listen(http, port);
  return {
    url: `http://127.0.0.1:${http.address().port}`,
    state,
    cut: () => sockets.clients.forEach((client) => client.terminate()),
    close: () => {
      clearInterval(traffic);
      for (const client of sockets.clients) client.terminate();
      return Promise.all([http, lane].map(shut));
    },
  };
}

function decide({ world, wake }) {
  if (world.servers.length > 0) wake.emit('decision', addDecision(world));
}

function shut(server) {
  server.closeAllConnections();
  return new Promise((done) => server.close(done));
}

async function answer({ state, root, schema, dist }, request, response) {
  const path = new URL(request.url, 'http://fixture').pathname;
  response.setHeader('content-security-policy', csp(new URL(state.stopUrl).origin));
  if (path === '/health/live') return response.end('ok');
  if (path === '/stop') return response.writeHead(302, { location: state.stopUrl }).end();
  if (path === '/graphql') {
    const { query, variables, operationName } = JSON.parse(await text(request));
    const refused = refusedWhole(state, operationName);
    if (refused) return json(response, 200, { data: null, errors: [refused] });
    const result = await graphql({ schema, source: query, rootValue: root, variableValues: variables, operationName });
    for (const error of result.errors ?? [])
      if (error.originalError?.code)
        Object.assign(error.extensions, { code: error.originalError.code, details: error.originalError.details });
    return json(response, 200, result);
  }
  const file = extname(path) ? join(dist, normalize(path)) : join(dist, 'index.html');
  const body = await readFile(file).catch(() => null);
  if (body === null) return response.writeHead(404).end();
  response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
  response.end(body);
}

function refusedWhole({ failing, forbidden }, name) {
  const requestId = 'req-7f31';
  if (failing.has(name))
    return { message: 'The database does not answer.', extensions: { code: 'unavailable', requestId } };
  const message = 'you may not do this without the permission read';
  return forbidden.has(name) ? { message, extensions: { code: 'forbidden', requestId } } : null;
}

async function answerLane(state, root, request, response) {
  response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
  response.setHeader('access-control-allow-headers', 'authorization, content-type');
  if (request.method === 'OPTIONS') return response.writeHead(204).end();
  if (request.method === 'GET') return response.setHeader('content-type', 'text/html').end('<h1>Stop</h1>');
  if (!state.laneAnswers)
    return json(response, 503, {
      type: 'about:blank',
      title: 'x',
      status: 503,
      code: 'not_stopped',
      detail: 'No answer',
      requestId: 'req-1',
    });
  const { scope, id, reason, engagement } = JSON.parse(await text(request));
  const { revision } = root.engageKillSwitch({
    input: { id: engagement, scope: scope.replace('-', '_'), target: id, reason },
  });
  json(response, 200, { engagement, revision });
}

function json(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function text(request) {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}

function listen(server, port) {
  return new Promise((done) => server.listen(port, '127.0.0.1', done));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const flag = (name) => process.argv.find((word) => word.startsWith(`--${name}=`))?.split('=')[1];
  const fixture = await startFixture({
    port: Number(flag('port') ?? 5400),
    agents: Number(flag('agents') ?? 2),
    empty: process.argv.includes('--empty'),
    claimed: !process.argv.includes('--unclaimed'),
    signedIn: process.argv.includes('--signed-in'),
  });
  console.log(`fixture console: ${fixture.url}`);
}
