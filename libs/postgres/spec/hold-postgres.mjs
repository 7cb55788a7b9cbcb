import { register } from 'node:module';

register('./typescript-source.mjs', import.meta.url);
const { startPostgres } = await import('../src/start-postgres.ts');
const { pid, url } = await startPostgres({ dataFolder: process.argv[2] });
console.log(JSON.stringify({ pid, url }));
