import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { errorMessage } from '../../modules/problems/error-message';
import { DONE, FAILED } from '../command/exit-code';
import { UsageError } from '../command/usage-error';

const FILE = 'cdktf.json';

/** The folder with the programs of a project's packages. */
const PROGRAMS = join('node_modules', '.bin');

/** The settings of `cdktf.json` for synthesis. */
export interface CdktfProject {
  /** The command that synthesizes. */
  readonly app: string;
  /** The folder that the command writes to. */
  readonly output: string;
}

/**
 * Reads `cdktf.json` in the current folder.
 *
 * @throws UsageError if it is not a valid cdktf.json
 */
export function cdktfProject(): CdktfProject {
  const { app, output = 'cdktf.out' } = parsed();
  if (typeof app !== 'string' || app.trim() === '') {
    throw new UsageError(`${FILE} has no "app": write the command that synthesizes, such as "npx tsx main.ts".`);
  }
  if (typeof output !== 'string') throw new UsageError(`"output" in ${FILE} must be a string, the path of a folder.`);
  return { app, output };
}

function parsed(): { readonly app?: unknown; readonly output?: unknown } {
  try {
    const value: unknown = JSON.parse(readFileSync(FILE, 'utf8'));
    if (typeof value === 'object' && value !== null) return value;
  } catch (error) {
    throw new UsageError(`${FILE} is not JSON: ${errorMessage(error)}`);
  }
  throw new UsageError(`${FILE} must contain an object.`);
}

/** The folder that a project's app writes to. */
export function projectOutput(): string {
  return process.env.CDKTF_OUTDIR || (existsSync(FILE) ? cdktfProject().output : 'cdktf.out');
}

/**
 * Synthesizes the project in the current folder: runs the app of `cdktf.json` like `cdktf synth`. Without it, synthesizes the config.
 *
 * @param summary how much of the summary the app prints. With `none`, all output of the app goes to standard error
 * @returns the exit code: 0, or 1 for every other exit code of the app
 * @throws ConfigError if there is no app, and the config has problems
 */
export async function synthesizeProject(summary: 'print' | 'none' = 'print'): Promise<number> {
  if (existsSync(FILE)) return runApp(cdktfProject(), summary);
  if (summary === 'none') process.env.BATCH_JOBS_SUMMARY = 'none';
  await synthesis().synthesizedConfig();
  return DONE;
}

function synthesis() {
  return require('./synthesize') as typeof import('./synthesize');
}

async function runApp({ app, output }: CdktfProject, summary: 'print' | 'none'): Promise<number> {
  const child = spawn(withoutNpx(app), {
    shell: true,
    stdio: ['inherit', summary === 'none' ? 2 : 'inherit', 'inherit'],
    env: {
      ...process.env,
      PATH: [resolve(PROGRAMS), process.env.PATH].join(delimiter),
      CDKTF_OUTDIR: process.env.CDKTF_OUTDIR || output,
      ...(summary === 'none' && { BATCH_JOBS_SUMMARY: 'none' }),
    },
  });
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((onClose, reject) => {
    child.on('error', reject).on('close', (...ending) => onClose(ending));
  });
  if (signal !== null) return 128 + constants.signals[signal];
  return code === 0 ? DONE : FAILED;
}

/**
 * The program of an app that runs in Node.js, such as `main.ts` in "npx tsx main.ts". Undefined for any other command.
 */
export function mainProgram(): string | undefined {
  if (!existsSync(FILE)) return undefined;
  const words = cdktfProject()
    .app.trim()
    .replace(/^npx (?:--\S+ )*/, '')
    .split(/\s+/);
  const [runner = '', ...rest] = words;
  const program = rest.at(-1);
  const isKnown = ['tsx', 'ts-node', 'node'].includes(runner) && !words.some((word) => /[&|;<>$`'"]/.test(word));
  if (!isKnown || program === undefined || !/\.[cm]?[jt]s$/.test(program)) return undefined;
  return existsSync(program) ? resolve(program) : undefined;
}

/** Runs an installed program directly, since npx takes a quarter of a second to find it. */
function withoutNpx(app: string): string {
  const [, program = ''] = /^npx (?:--\S+ )*(\S+)/.exec(app) ?? [];
  return program !== '' && existsSync(join(PROGRAMS, program)) ? app.replace(/^npx (?:--\S+ )*/, '') : app;
}
