import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { made } from '../buildpack/made';
import { removeFolders } from '../folder';
import { type Ended, run, unpacked } from './image-process';

const START_SH = resolve(__dirname, '../../../modules/container/resolver/start.sh');
const PYTHON = process.env.PYTHON ?? 'python3';
const shells = ['sh', 'bash', 'dash', 'busybox'].filter(
  (name) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0,
);

/** What each job prints: its own variables, and then those of a process that it starts. */
const NAMES = ['DATABASE_URL', 'STP_DB_CONNECTION_STRING', 'OTHER'];
const SHOWN = NAMES.map((name) => `printf '%s\\n' "$${name}"`).join('; ');
const JAVASCRIPT = `
const { execFileSync } = require('node:child_process');
for (const name of ${JSON.stringify(NAMES)}) console.log(process.env[name]);
process.stdout.write(execFileSync('sh', ['-c', ${JSON.stringify(SHOWN)}]));
`;
const PYTHON_JOB = `
import os, subprocess, sys
for name in ${JSON.stringify(NAMES)}: print(os.environ[name])
sys.stdout.flush()
subprocess.check_call(["sh", "-c", ${JSON.stringify(SHOWN)}])
`;

type Variables = { readonly [name: string]: string };
type Start = (env: Variables) => Promise<Ended>;

async function inImage(files: Variables, entryfilePath: string, command: (dir: string) => string[], env: Variables) {
  const { dir, remove } = unpacked(
    made(files, {
      entryfilePath,
      ...(entryfilePath === 'job.js' && { languageSpecificConfig: { outputModuleFormat: 'cjs' } }),
    }),
  );
  try {
    return await run(command(dir), join(dir, 'app'), env);
  } finally {
    remove();
  }
}

const STARTS: readonly (readonly [language: string, start: Start])[] = [
  [
    'JavaScript',
    (env) =>
      inImage(
        { 'job.js': JAVASCRIPT },
        'job.js',
        (dir) => [process.execPath, join(dir, 'start.cjs'), join(dir, 'app/job.cjs')],
        env,
      ),
  ],
  [
    'Python',
    (env) =>
      inImage(
        { 'job.py': PYTHON_JOB },
        'job.py',
        (dir) => [PYTHON, join(dir, 'start.py'), join(dir, 'app/job.py')],
        env,
      ),
  ],
  ...shells.map((shell): [string, Start] => [
    `other languages, run by ${shell}`,
    (env) => run([shell, ...(shell === 'busybox' ? ['sh'] : []), START_SH, 'sh', '-c', `${SHOWN}; ${SHOWN}`], '.', env),
  ]),
];

// Every character that a password can have, and more: the generated ones of RDS, those that URLs, shells and replacements treat in their own way.
const PASSWORD = `${Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('')}é∑🎉$&$(STP_DB_PASSWORD)`;

afterAll(removeFolders);

describe.each(STARTS)('the start of an image completes variables: %s', (_, start) => {
  const PATH = process.env.PATH ?? '';
  const printed = async (env: Variables) => {
    const { status, stderr, stdout } = await start({ PATH, ...env });
    const lines = stdout.split('\n');
    expect({ status, stderr, again: lines.slice(3, 6) }).toEqual({ status: 0, stderr: '', again: lines.slice(0, 3) });
    return lines.slice(0, 3);
  };

  it('with the secret, in a form that every URL parser turns back into the secret', async () => {
    const [url = '', own = '', other] = await printed({
      STP_DB_PASSWORD: PASSWORD,
      DATABASE_URL: 'postgresql://app:$(STP_DB_PASSWORD)@db:5432/orders?again=$(STP_DB_PASSWORD)&sslmode=require',
      STP_DB_CONNECTION_STRING: 'rediss://:$(STP_DB_PASSWORD)@db:6379',
      OTHER: 'postgresql://app:$(STP_DB_PASSWORD)@db',
      STP_COMPLETED: 'DATABASE_URL STP_DB_CONNECTION_STRING',
    });
    const { username, password, host, searchParams } = new URL(url);
    expect([username, decodeURIComponent(password), host]).toEqual(['app', PASSWORD, 'db:5432']);
    expect([...searchParams]).toEqual([
      ['again', PASSWORD],
      ['sslmode', 'require'],
    ]);
    expect(own).toMatch(/^rediss:\/\/:[\w.~%-]+@db:6379$/);
    // What is not in the list stays as it is.
    expect(other).toBe('postgresql://app:$(STP_DB_PASSWORD)@db');
  });

  it('but no variable that is not there, and nothing that only looks so', async () => {
    const odd = '$(date) $(STP_NO_PASSWORD) $(STP_x) $(STP_ `id` $HOME $(STP_DB_PASSWORD)';
    const [url] = await printed({
      STP_DB_PASSWORD: 'p',
      DATABASE_URL: odd,
      STP_DB_CONNECTION_STRING: 'a',
      OTHER: 'b',
      STP_COMPLETED: 'DATABASE_URL STP_NOT_THERE',
    });
    expect(url).toBe('$(date) $(STP_NO_PASSWORD) $(STP_x) $(STP_ `id` $HOME p');
  });

  it('and executes nothing of a name over two lines', async () => {
    const { status, stdout, stderr } = await start({
      PATH,
      DATABASE_URL: '$(STP_DB_PASSWORD}`echo executed >&2`\nSTP_DB_PASSWORD)',
      STP_DB_PASSWORD: 'p',
      STP_DB_CONNECTION_STRING: 'a',
      OTHER: 'b',
      STP_COMPLETED: 'DATABASE_URL',
    });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^\$\(STP_DB_PASSWORD}`echo executed >&2`\nSTP_DB_PASSWORD\)\n/);
  });

  it('with the new secret after it has changed', async () => {
    const env = { DATABASE_URL: 'redis://:$(STP_DB_PASSWORD)@db', STP_DB_CONNECTION_STRING: 'a', OTHER: 'b' };
    const urls = await Promise.all(
      ['old', 'new'].map(async (password) => {
        return (await printed({ ...env, STP_DB_PASSWORD: password, STP_COMPLETED: 'DATABASE_URL' }))[0];
      }),
    );
    expect(urls).toEqual(['redis://:old@db', 'redis://:new@db']);
  });
});
