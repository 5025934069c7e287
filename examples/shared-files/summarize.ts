import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Prints the number of measurements, and their mean.
const file = join(process.env.FOLDER ?? '.', 'load.jsonl');
const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
const loads = lines.map((line) => Number(JSON.parse(line).load));
const mean = loads.reduce((sum, load) => sum + load, 0) / Math.max(loads.length, 1);
console.log(`${loads.length} measurements, mean load ${mean.toFixed(2)}`);
