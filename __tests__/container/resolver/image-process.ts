import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BuildContext } from '../../../modules/container/build-context';
import { bytes } from '../../../modules/container/tar';

/** How a program ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Writes the files of a context into a folder, as the builder's archive has them. */
export function unpacked({ files }: BuildContext): { readonly dir: string; remove(): void } {
  const dir = mkdtempSync(join(tmpdir(), 'image-'));
  for (const { path, content, kind } of files) {
    const target = join(dir, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes(content), { mode: kind === 'executable' ? 0o755 : 0o644 });
  }
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/** Runs a program to its end, with nothing in its environment but what is given. */
export function run(command: readonly string[], cwd: string, env: { readonly [name: string]: string }): Promise<Ended> {
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env });
    // As bytes: a character may come in two pieces.
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stdout: text(stdout), stderr: text(stderr) }));
  });
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}
