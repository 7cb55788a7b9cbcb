import { register } from 'node:module';

register('./typescript-source.mjs', import.meta.url);
const { leaseTestServer } = await import('../src/test-server.ts');
console.log(await leaseTestServer(process.argv[2]));
setInterval(() => undefined, 60_000);
