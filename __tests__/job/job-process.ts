import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = resolve(__dirname, '../..');
const PYTHON = process.env.PYTHON ?? 'python3';

/** How a program ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What the test does when the program has printed something: the key is a line of it. */
export type Reactions = { readonly [line: string]: (kill: (signal: NodeJS.Signals) => void) => void };

/** Programs of jobs that import the library, each in a file. */
export class JobPrograms {
  readonly folder = mkdtempSync(join(tmpdir(), 'job-programs-'));
  private count = 0;

  /** A TypeScript program, bundled as for an image. */
  typescript(code: string, format: 'cjs' | 'esm' = 'cjs'): readonly string[] {
    const outfile = join(this.folder, `job-${this.count++}.${format === 'cjs' ? 'cjs' : 'mjs'}`);
    buildSync({
      stdin: { contents: code, loader: 'ts', resolveDir: ROOT },
      tsconfig: join(ROOT, 'tsconfig.json'),
      bundle: true,
      platform: 'node',
      target: 'node16',
      format,
      outfile,
      logLevel: 'error',
    });
    return [process.execPath, outfile];
  }

  /** A Python program with the library's file next to it. */
  python(code: string): readonly string[] {
    const file = join(this.folder, `job_${this.count++}.py`);
    writeFileSync(
      file,
      `import sys\nsys.path.insert(0, ${JSON.stringify(join(ROOT, 'job'))})\nsys.dont_write_bytecode = True\n${code}`,
    );
    return [PYTHON, '-u', file];
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs a program to its end. */
  run(
    command: readonly string[],
    env: { readonly [name: string]: string } = {},
    reactions: Reactions = {},
  ): Promise<Ended> {
    const [program = '', ...args] = command;
    const child = spawn(program, args, { cwd: this.folder, env: { PATH: process.env.PATH, ...env } });
    const waiting = new Map(Object.entries(reactions));
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
      for (const [line, react] of waiting) {
        if (!stdout.includes(`${line}\n`)) continue;
        waiting.delete(line);
        react((signal) => child.kill(signal));
      }
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
    });
  }
}
