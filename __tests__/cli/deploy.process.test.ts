import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type StandIn, standIn } from './deploy/stand-in';

// What the real Terraform does is for __tests__/e2e/deploy-command.test.ts. These are its moods that nobody can order.
const PROGRAM = join(__dirname, '../../cli/batch-jobs.ts');

const message = (fields: object) => `echo '${JSON.stringify({ '@level': 'info', ...fields })}'`;
const QUEUE = 'aws_sqs_queue.inbox_Queue_0A1B2C3D';
const SHOWN = JSON.stringify({
  resource_changes: [{ address: QUEUE, mode: 'managed', type: 'aws_sqs_queue', change: { actions: ['create'] } }],
});

const LOST = JSON.stringify({
  resource_changes: [
    { address: QUEUE, mode: 'managed', type: 'aws_sqs_queue', change: { actions: ['delete'], before: {} } },
  ],
});

let project: StandIn | undefined;
afterEach(() => project?.dispose());

/** Runs the command; `during` may act on its process when it has printed a line. */
async function run(
  words: readonly string[],
  during: (line: string, kill: (signal: NodeJS.Signals) => void) => void = () => {},
) {
  const { folder, env } = project as StandIn;
  const child = spawn(process.execPath, ['--import', require.resolve('tsx'), PROGRAM, ...words], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (chunk: string) => {
      output[stream] += chunk;
      during(chunk, (signal) => child.kill(signal));
    });
  }
  const code = await new Promise((resolve) => child.on('close', resolve));
  const calls = existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n') : [];
  return {
    code,
    ...output,
    calls,
    left: readdirSync(join(folder, 'tmp')).filter((name) => name.startsWith('batch-jobs')),
  };
}

it('says in one line that Terraform is missing', async () => {
  project = standIn('');
  project.env.TERRAFORM_BINARY_NAME = 'no-such-terraform';
  for (const subcommand of ['diff', 'destroy']) {
    const { code, stdout, stderr } = await run([subcommand]);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^There is no "no-such-terraform" on the PATH\. Install Terraform 1\.10\.0 or later .*\n$/);
    expect(code).toBe(subcommand === 'diff' ? 1 : 2);
  }
});

it('says in one line that Terraform is too old', async () => {
  project = standIn('', '1.9.8');
  const { code, stderr, calls } = await run(['deploy']);
  expect(stderr).toMatch(/is version 1\.9\.8\. Install 1\.10\.0 or later, or set TERRAFORM_BINARY_NAME .*\n$/);
  expect([code, calls]).toEqual([2, []]);
});

it('prepares Terraform again when it asks for that, upgrades to the versions of the stack, and changes nothing unasked', async () => {
  project = standIn(`
case "$1" in
  init) mkdir -p .terraform; case "$*" in *-upgrade*) exit 0;; esac; echo 'must use terraform init -upgrade' >&2; exit 1;;
  plan) [ -f planned ] && exit 0; touch planned; echo 'run: terraform init'; exit 1;;
  show) echo '${SHOWN}';;
  *) exit 9;;
esac`);
  const { code, stdout, stderr, calls, left } = await run(['deploy']);
  expect(stderr).toBe('Nothing was changed: standard input is not a terminal to ask on. Add --yes to go ahead.\n');
  expect(stdout).toContain('  + queue inbox  1 resource\n\nPlan: 1 to add\n');
  expect(calls.map((call) => call.split(' ')[0])).toEqual(['init', 'init', 'plan', 'init', 'init', 'plan', 'show']);
  expect([code, left]).toEqual([2, []]);
});

it('hands Ctrl-C on once, waits for Terraform, and leaves no plan behind', async () => {
  project = standIn(`
case "$1" in
  init|plan) exit 0;;
  show) echo '${SHOWN}';;
  apply) trap 'echo signal >> signals' INT
    touch trap-is-set
    ${message({ type: 'apply_start', hook: { resource: { addr: QUEUE }, action: 'create' } })}
    echo started >&2
    while [ ! -s signals ]; do sleep 0.1; done
    sleep 1; touch state-saved; exit 1;;
esac`);
  let sent = false;
  const { code, stdout, stderr, left } = await run(['deploy', '--yes'], (line, kill) => {
    if (sent || !line.includes('Deploying')) return;
    sent = true;
    // As npm does: the terminal's signal, and its own. The program inside must have set its trap before.
    const trap = join((project as StandIn).folder, 'cdktf.out/stacks/reports/trap-is-set');
    const timer = setInterval(() => {
      if (!existsSync(trap)) return;
      clearInterval(timer);
      kill('SIGINT');
      kill('SIGINT');
    }, 50);
  });
  const stack = join((project as StandIn).folder, 'cdktf.out/stacks/reports');
  expect(stderr).toContain('Stopping. Terraform completes the changes in progress');
  expect(stderr).toContain(
    'Interrupted. Changes made before that are recorded in the state. To continue, run deploy again.',
  );
  expect(readFileSync(join(stack, 'signals'), 'utf8')).toBe('signal\n');
  expect(existsSync(join(stack, 'state-saved'))).toBe(true);
  expect(stdout).toContain('Deploying ...');
  expect([code, left]).toEqual([1, []]);
});

it('goes on when nobody reads what it prints', async () => {
  project = standIn(`
case "$1" in
  init|plan) exit 0;;
  show) echo '${SHOWN}';;
  apply) sleep 1; for i in 1 2 3 4 5 6 7 8 9; do ${message({ type: 'apply_complete', hook: { resource: { addr: QUEUE } } })}; done; touch applied;;
  output) echo '{}';;
esac`);
  const { folder, env } = project;
  const child = spawn(process.execPath, ['--import', require.resolve('tsx'), PROGRAM, 'deploy', '--yes', '--verbose'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  child.stdout.on('data', (chunk: Buffer) => {
    if (chunk.includes('Deploying')) child.stdout.destroy();
  });
  await new Promise((resolve) => child.on('close', resolve));
  expect(existsSync(join(folder, 'cdktf.out/stacks/reports/applied'))).toBe(true);
});

it('plans nothing if synthesis fails', async () => {
  project = standIn('');
  project.env.BATCH_JOBS_CONFIG = 'missing.yml';
  const { code, stderr, calls } = await run(['diff']);
  expect(stderr).toContain('missing.yml');
  expect([code, calls]).toEqual([1, []]);
});

it('reports what Terraform says, whose it is, and what to do', async () => {
  const diagnostic = { severity: 'error', summary: 'creating SQS Queue', detail: 'AccessDenied: no', address: QUEUE };
  project = standIn(`
case "$1" in
  init|plan) exit 0;;
  show) echo '${SHOWN}';;
  apply) ${message({ type: 'diagnostic', diagnostic })}; exit 1;;
esac`);
  const { code, stderr } = await run(['deploy', '--yes']);
  expect(stderr).toBe(
    [
      'terraform apply failed:',
      '',
      'Error in resource inbox: creating SQS Queue',
      '  AccessDenied: no',
      `  at ${QUEUE}`,
      '',
      'The AWS identity that deploys needs the permission named in the error.',
      '',
      'Changes made before that are recorded in the state. To continue, run deploy again.',
      '',
    ].join('\n'),
  );
  expect(code).toBe(1);
});

describe('diff ends with an exit code', () => {
  it.each([
    ['0 if nothing would change', '{}', 0],
    ['2 if something would change', SHOWN, 2],
    ['3 if something would be lost', LOST, 3],
  ])('%s', async (_, shown, expected) => {
    project = standIn(`case "$1" in init|plan) exit 0;; show) echo '${shown}';; *) exit 9;; esac`);
    for (const words of [['diff'], ['diff', '--json']]) {
      const { code, stderr, stdout } = await run(words);
      expect([code, words.length > 1 ? '' : stderr]).toEqual([expected, '']);
      if (words.length > 1)
        expect(JSON.parse(stdout)).toMatchObject({ loses: expected === 3, hasChanges: expected > 0 });
    }
  });

  it('1 if it was not understood or Terraform fails, which no other exit code says', async () => {
    project = standIn('exit 1');
    expect(await run(['diff', '--no-such-option'])).toMatchObject({ code: 1 });
    expect(await run(['diff', 'no-such-stack'])).toMatchObject({ code: 1 });
    expect(await run(['diff'])).toMatchObject({ code: 1 });
  });
});

describe('a deployment that loses something', () => {
  const lines = [
    'Nothing was changed, because the deployment loses data or runs:',
    '  queue inbox will be deleted with its messages',
  ];
  const start = () => {
    project = standIn(`
case "$1" in
  init|plan) exit 0;;
  show) echo '${LOST}';;
  apply) touch applied;;
  output) echo '{}';;
esac`);
    return join(project.folder, 'cdktf.out/stacks/reports/applied');
  };

  it('is not begun by --yes alone', async () => {
    const applied = start();
    const { code, stdout, stderr } = await run(['deploy', '--yes']);
    expect(stdout).toContain('  Data loss  queue inbox will be deleted with its messages\n');
    expect(stderr).toBe([...lines, 'If that is what you want, add --accept-loss to --yes.', ''].join('\n'));
    expect([code, existsSync(applied)]).toEqual([1, false]);
    const json = await run(['deploy', '--yes', '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ type: 'error', error: expect.stringContaining(lines[1] ?? '') });
    expect([json.code, existsSync(applied)]).toEqual([1, false]);
  });

  it('is begun by --yes with --accept-loss', async () => {
    const applied = start();
    expect(await run(['deploy', '--yes', '--accept-loss'])).toMatchObject({ code: 0, stderr: '' });
    expect(existsSync(applied)).toBe(true);
  });

  it('is not begun by --accept-loss alone', async () => {
    const applied = start();
    const { code, stderr } = await run(['deploy', '--accept-loss']);
    expect(stderr).toContain('standard input is not a terminal to ask on. Add --yes');
    expect([code, existsSync(applied)]).toEqual([2, false]);
  });

  it.each([
    ['and is begun after two', ['y', 'y'], 0],
    ['and not after one', ['y', 'n'], 1],
    ['and not after none', ['n'], 1],
  ])('asks twice on a terminal, %s', async (_, answers, expected) => {
    const applied = start();
    const { folder, env } = project as StandIn;
    // `script` gives the command a terminal.
    const words = [process.execPath, '--import', require.resolve('tsx'), PROGRAM, 'deploy'].join(' ');
    const child = spawn('script', ['-qec', words, '/dev/null'], { cwd: folder, env, stdio: 'pipe' });
    let output = '';
    const left = [...answers];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (/\[y\/N\] [^\n]*$/.test(chunk) && left.length > 0) child.stdin.write(`${left.shift()}\r`);
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, existsSync(applied), left]).toEqual([expected, expected === 0, []]);
    const asksAgain = answers.length > 1;
    expect(output.includes('This loses data or runs:\r\n  queue inbox will be deleted with its messages')).toBe(
      asksAgain,
    );
    expect(output.includes('Lose that, and deploy? [y/N]')).toBe(asksAgain);
  });
});
