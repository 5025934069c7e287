import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Engine } from './engine-client';
import { createTemporaryFolder } from './temporary-folder';

/** A temporary folder for an engine's client. */
export interface EngineScratch {
  /** Variables of the client. */
  readonly variables: Readonly<Record<string, string>>;
  dispose(): void;
}

/** Podman leaves temporary files when it is interrupted, so they are removed with this process. Docker's service cleans up itself. */
export function createEngineScratch(engine: Engine): EngineScratch {
  if (engine === 'docker') return { variables: {}, dispose: () => undefined };
  // The files can be large, and /tmp is often in memory, so Podman uses another folder by default.
  const root = process.env.TMPDIR === undefined && existsSync('/var/tmp') ? '/var/tmp' : tmpdir();
  const { path, dispose } = createTemporaryFolder([], root);
  return { variables: { TMPDIR: path }, dispose };
}
