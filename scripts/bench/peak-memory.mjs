import { writeSync } from 'node:fs';

// Preloaded into a measured program. Sends its peak memory in kB and its processor time in µs to the parent process on file descriptor 3.
// In JavaScript, because Node.js 20.9 cannot load TypeScript that is preloaded after tsx.
process.once('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeSync(3, `${maxRSS} ${userCPUTime + systemCPUTime}`);
});
