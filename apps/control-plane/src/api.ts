import 'reflect-metadata';
import { startApi } from './app/start-api.js';
import { runProcess } from './platform/process.js';

await runProcess('api', startApi);
