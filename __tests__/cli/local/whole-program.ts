import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

const PROGRAM = join(__dirname, '..', '..', '..', 'cli', 'batch-jobs.ts');

/** Architecture of this machine, and the other. */
export const [OWN, FOREIGN] =
  process.arch === 'arm64' ? (['arm64', 'x86_64'] as const) : (['x86_64', 'arm64'] as const);

export interface JobSettings {
  readonly stackName?: string;
  readonly architecture?: string;
  /** Further properties of its container, and of the job. */
  readonly container?: object;
  readonly job?: object;
}

export interface ProgramOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** What comes by standard input. @default nothing */
  readonly input?: Buffer;
  /** Words of a command before that of the program. @default none */
  readonly before?: readonly string[];
  /** Called with all of the standard output so far. */
  readonly onOutput?: (output: string, signal: (name: NodeJS.Signals) => void) => void;
}

/** A project's folder, in which `npm run local` runs. Its config is `jobs.json`, its temporary folder `tmp` in it. */
export class LocalProject {
  constructor(readonly folder: string) {
    mkdirSync(this.temporary, { recursive: true });
  }

  get temporary(): string {
    return join(this.folder, 'tmp');
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), text, { mode: text.startsWith('#!') ? 0o755 : 0o644 });
    }
  }

  /** Writes a config with one job, `report`. */
  configure(packaging: object, { stackName = 'shop', architecture = OWN, container = {}, job = {} }: JobSettings = {}) {
    const properties = {
      container: { packaging, ...container },
      resources: { cpu: 1, memory: 512, architecture },
      ...job,
    };
    const config = { stackName, region: 'eu-west-1', resources: { report: { type: 'batch-job', properties } } };
    this.write({ 'jobs.json': JSON.stringify(config) });
  }

  /** Runs the program itself, as a process. */
  async run(words: readonly string[], { env = {}, input, before = [], onOutput }: ProgramOptions = {}) {
    const command = [process.execPath, '--import', require.resolve('tsx'), PROGRAM, 'local', 'report', ...words];
    const [program = '', ...args] = [...before, ...command];
    const child = spawn(program, args, {
      cwd: this.folder,
      env: { ...process.env, NO_COLOR: '1', TMPDIR: this.temporary, BATCH_JOBS_CONFIG: 'jobs.json', ...env },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    }) as ChildProcessByStdio<Writable | null, Readable, Readable>;
    child.stdin?.end(input);
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
      onOutput?.(stdout, (name) => child.kill(name));
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, stdout, stderr };
  }

  /** What runs have left in the temporary folder; tsx keeps what it has compiled. */
  get leftBehind(): string[] {
    if (!existsSync(this.temporary)) return [];
    return readdirSync(this.temporary).filter((name) => !/^tsx-|^node-compile-cache$/.test(name));
  }
}

/** What happened in a run with `--json`. */
export function documents(stdout: string) {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
