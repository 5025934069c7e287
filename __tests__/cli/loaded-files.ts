import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const COMMAND = resolve('cli/batch-jobs.ts');

const LIST_LOADED = `
  process.on('exit', () => require('node:fs').writeFileSync('loaded', Object.keys(require.cache).join('\\n')));
  // The console goes on until it is stopped.
  const { write } = process.stdout;
  process.stdout.write = (text, ...rest) => {
    if (String(text).startsWith('Console: ')) process.kill(process.pid, 'SIGINT');
    return write.call(process.stdout, text, ...rest);
  };`;

/** The files that a command has loaded at its end, and its exit code. Runs in a folder with a config, and writes into it. */
export function loadedFiles(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  writeFileSync(join(folder, 'list-loaded.cjs'), LIST_LOADED);
  const options = ['--require', join(folder, 'list-loaded.cjs'), '--import', require.resolve('tsx')];
  const { status } = spawnSync(process.execPath, [...options, COMMAND, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true', ...env },
  });
  return { status, files: readFileSync(join(folder, 'loaded'), 'utf8').split('\n') };
}
