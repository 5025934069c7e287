import { rmSync } from 'node:fs';
import { constants } from 'node:os';
import { openRunFolder } from './temporary-folder';

/** Before the workers start, which inherit the environment. The folder goes with this process, also if somebody stops it. */
export default function setUp(): void {
  const folder = openRunFolder();
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
}
