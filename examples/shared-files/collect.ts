import { appendFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';

// Adds the load of the instance to the measurements.
const [load = 0] = loadavg();
const line = JSON.stringify({ at: new Date().toISOString(), load });
appendFileSync(join(process.env.FOLDER ?? '.', 'load.jsonl'), `${line}\n`);
console.log(`Added ${line}`);
