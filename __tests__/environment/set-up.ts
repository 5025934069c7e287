import { rmSync } from 'node:fs';
import { constants } from 'node:os';
import type { Config } from 'jest';
import { openRunFolder } from './temporary-folder';

/** Runs before the workers start, because they inherit the environment. The folder is deleted with this process, even if it is stopped. */
export default function setUp(_: Config, { testEnvironmentOptions }: Pick<Config, 'testEnvironmentOptions'>): void {
  const folder = openRunFolder(testEnvironmentOptions?.filesInMemory === true);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
}
