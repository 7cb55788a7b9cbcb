import { startLane } from './lane/start-lane.js';
import { runProcess } from './platform/process.js';

await runProcess('lane', startLane);
