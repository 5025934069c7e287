import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Engine } from './engine-client';
import { temporaryFolder } from './temporary-folder';

/** A place for what an engine's client writes while it works. */
export interface EngineScratch {
  /** Variables of the client. */
  readonly variables: Readonly<Record<string, string>>;
  dispose(): void;
}

/** Podman works in files of its own, and leaves them when it is interrupted: they go with this process. Docker's service cleans up after itself. */
export function engineScratch(engine: Engine): EngineScratch {
  if (engine === 'docker') return { variables: {}, dispose: () => undefined };
  // The files may be large, and the usual place is often memory: Podman has another.
  const root = process.env.TMPDIR === undefined && existsSync('/var/tmp') ? '/var/tmp' : tmpdir();
  const { path, dispose } = temporaryFolder([], root);
  return { variables: { TMPDIR: path }, dispose };
}
