import { writeSync } from 'node:fs';

// Preloaded into a measured program: tells its parent, on file descriptor 3, the most memory that it had, in kB.
// JavaScript, because Node.js 20.9 loads no TypeScript that is preloaded after tsx.
process.once('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)));
