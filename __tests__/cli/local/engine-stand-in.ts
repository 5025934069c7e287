import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Engine } from '../../../cli/local/engine-client';

/**
 * The client of Docker, of which there is no engine where the tests run, for what Podman does in another way. The image `busybox` is this machine. A
 * container is a process that has no variables but its own, and that lives on without its client.
 *
 * `TEST_ENGINE_FAILS` names a command that fails.
 */
const CLIENT = `#!${process.execPath}
const { spawn } = require('node:child_process');
const { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { constants } = require('node:os');
const { join } = require('node:path');
const [command, ...words] = process.argv.slice(2);
const { TEST_ENGINE: folder, TEST_ENGINE_FAILS } = process.env;
const option = (name) => words[words.indexOf(name) + 1];
const write = (name, value) => writeFileSync(join(folder, name), JSON.stringify(value));
const read = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
appendFileSync(join(folder, 'calls'), process.argv.slice(2).join(' ') + '\\n');
if (command === TEST_ENGINE_FAILS) {
  console.error('no such thing');
  process.exit(1);
}
const commands = {
  create: () => {
    const at = words.findIndex((word) => word === 'busybox');
    const file = words.includes('--env-file') ? readFileSync(option('--env-file'), 'utf8') : '';
    const env = Object.fromEntries([
      ...file.split('\\n').filter((line) => line !== '').map((line) => [line.split('=')[0], line.slice(line.indexOf('=') + 1)]),
      ...words.slice(0, at).flatMap((word, index) => (words[index - 1] === '--env' ? [[word, process.env[word]]] : [])),
    ]);
    write(option('--name'), { env, command: words.slice(at + 1) });
  },
  start: () => {
    const name = words.at(-1);
    const { env, command } = read(name);
    const child = spawn(command[0], command.slice(1), { env, stdio: ['ignore', 'inherit', 'inherit'], detached: true });
    child.on('error', () => {
      const message = 'failed to create task for container: exec: "' + command[0] + '": no such file or directory: unknown';
      write(name + '.state', { Status: 'created', ExitCode: 127, OOMKilled: false, StartedAt: '0001-01-01T00:00:00Z', Error: message });
      process.exit(1);
    });
    child.on('spawn', () => write(name + '.pid', child.pid));
    child.on('exit', (code, signal) => {
      const ExitCode = code ?? 128 + constants.signals[signal];
      write(name + '.state', { Status: 'exited', ExitCode, OOMKilled: ExitCode === 137 && !existsSync(join(folder, name + '.killed')), StartedAt: '2026-01-01T00:00:00Z' });
      process.exit(ExitCode);
    });
  },
  kill: () => {
    const name = words.at(-1);
    if (option('--signal') === 'SIGKILL') write(name + '.killed', true);
    process.kill(read(name + '.pid'), option('--signal'));
  },
  inspect: () => console.log(JSON.stringify(read(words.at(-1) + '.state'))),
  rm: () => {
    try {
      process.kill(-read(words.at(-1) + '.pid'), 'SIGKILL');
    } catch {}
    for (const end of ['', '.pid', '.state', '.killed']) rmSync(join(folder, words.at(-1) + end), { force: true });
  },
  info: () => {},
};
commands[command]();
`;

/** A folder with a working client. */
export class EngineStandIn {
  /** The variables with which programs find it. */
  readonly variables: Readonly<Record<string, string>>;

  constructor(
    readonly folder: string,
    engine: Engine = 'docker',
  ) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, engine), CLIENT, { mode: 0o755 });
    this.variables = { PATH: `${folder}${delimiter}${process.env.PATH}`, TEST_ENGINE: folder };
  }

  /** Each command that it was asked for, with its words. */
  get calls(): string[] {
    const file = join(this.folder, 'calls');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  }

  /** The commands alone. */
  get commands(): (string | undefined)[] {
    return this.calls.map((call) => call.split(' ')[0]);
  }

  forgetCalls(): void {
    rmSync(join(this.folder, 'calls'), { force: true });
  }
}
