import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StackSide } from '../../../cli/console/config/stack-side';
import type { StackState } from '../../../cli/model/stack';
import { until } from '../engines/until';

// The real processes that load a config, and the real watcher of its files.

const LONGEST_MS = 120_000;
const YAML = `stackName: reports
region: eu-west-1
resources:
  nightly:
    type: batch-job
    properties:
      container: { packaging: { type: prebuilt-image, properties: { image: busybox } } }
      resources: { cpu: 1, memory: 512 }
`;
const program = (before: string, more = '') =>
  `${before}\nexport default ${JSON.stringify({ stackName: 'reports', region: 'eu-west-1', resources: {} })};\n${more}`;

const { cwd, execArgv, env, stderr } = process;
const before = cwd();
let folder: string;
let stack: StackSide;
/** What the config's code has printed. */
let printed = '';

beforeAll(() => {
  // The processes are those of the command, which compiles TypeScript.
  process.execArgv = ['--import', require.resolve('tsx')];
  env.TSX_TSCONFIG_PATH = join(before, 'tsconfig.json');
  jest.spyOn(stderr, 'write').mockImplementation((chunk, ...rest) => {
    printed += chunk;
    for (const callback of rest) if (typeof callback === 'function') callback();
    return true;
  });
});
afterAll(() => {
  process.execArgv = execArgv;
  delete env.TSX_TSCONFIG_PATH;
  jest.restoreAllMocks();
});

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'console-config-')));
  process.chdir(folder);
  printed = '';
});
afterEach(async () => {
  await stack?.close();
  process.chdir(before);
  rmSync(folder, { recursive: true, force: true });
});

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

function started(limits = {}): StackSide {
  stack = new StackSide(limits);
  stack.start();
  return stack;
}

/** The state as soon as it is as wanted. */
async function stateWith(isWanted: (state: StackState) => boolean): Promise<StackState> {
  if (isWanted(stack.state())) return stack.state();
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${JSON.stringify(stack.state())}\n${printed}`)), LONGEST_MS);
    const stop = stack.onChange(() => {
      if (!isWanted(stack.state())) return;
      clearTimeout(late);
      stop();
      resolve(stack.state());
    });
  });
}

const done = (more: (state: StackState) => boolean = () => true) => stateWith((state) => !state.isStale && more(state));
const hasProblem = ({ report }: StackState) => report !== undefined;
const names = ({ picture }: StackState) => picture?.jobs.map(({ name }) => name);

it('shows a config that is missing, is written, breaks, is mended and goes', async () => {
  started();
  const missing = await done(hasProblem);
  expect(missing).toMatchObject({
    picture: undefined,
    problems: [{ code: 'unreadable-file', file: 'batch-jobs.config.ts' }],
  });
  expect([stack.name(), stack.config(), stack.configFile()]).toEqual([undefined, undefined, 'batch-jobs.config.ts']);
  await expect(stack.ask('resource', { address: 'a.b' })).rejects.toThrow('The config has problems.');

  write('batch-jobs.config.yml', YAML);
  const first = await done((state) => !hasProblem(state));
  expect([names(first), first.problems, stack.name(), stack.configFile()]).toEqual([
    ['nightly'],
    [],
    'reports',
    'batch-jobs.config.yml',
  ]);
  expect(first.synthesizedAt).toBeGreaterThan(missing.synthesizedAt);
  const address =
    first.picture?.jobs[0]?.item.addresses.find((one) => one.startsWith('aws_batch_job_definition.')) ?? '';
  expect(await stack.ask('resource', { address })).toMatchObject({ type: 'container' });
  for (const unknown of ['aws_batch_job_definition.none', '__proto__', 'constructor']) {
    expect(await stack.ask('resource', { address: unknown })).toBeNull();
  }

  write('batch-jobs.config.yml', YAML.replace('memory: 512', 'memory: 1').replace('cpu: 1', 'cpus: 1'));
  const broken = await done(hasProblem);
  expect(names(broken)).toEqual(['nightly']);
  expect(broken.problems.length).toBeGreaterThan(1);
  for (const problem of broken.problems) {
    expect(problem).toMatchObject({
      file: 'batch-jobs.config.yml',
      line: 8,
      path: expect.stringMatching(/^resources\./),
    });
  }
  expect(broken.report).toContain('batch-jobs.config.yml:8');
  // What is asked is answered from the last valid config.
  expect(await stack.ask('resource', { address })).toMatchObject({ type: 'container' });

  write('batch-jobs.config.yml', YAML.replaceAll('nightly', 'hourly'));
  expect(names(await done((state) => !hasProblem(state)))).toEqual(['hourly']);

  rmSync(join(folder, 'batch-jobs.config.yml'));
  const gone = await done(hasProblem);
  expect([names(gone), gone.problems[0]?.code]).toEqual([['hourly'], 'unreadable-file']);
});

it('shows the last valid picture at once in the next console, also if the config is broken by then', async () => {
  write('batch-jobs.config.yml', YAML);
  started();
  await done();
  await stack.close();
  const kept = join(folder, '.batch-jobs/reports/picture.json');
  expect([statSync(kept).mode & 0o777, readFileSync(join(folder, '.batch-jobs/.gitignore'), 'utf8')]).toEqual([
    0o600,
    '*\n',
  ]);

  write('batch-jobs.config.yml', 'stackName: [');
  started();
  expect(stack.state()).toMatchObject({ isStale: true, picture: { stackName: 'reports' }, problems: [] });
  expect([stack.name(), stack.config()]).toEqual(['reports', undefined]);
  const broken = await done(hasProblem);
  expect([names(broken), broken.problems[0]?.line]).toEqual([['nightly'], 1]);
  await stack.close();

  for (const text of ['{', 'null', JSON.stringify({ ...JSON.parse(readFileSync(kept, 'utf8')), version: '0.0.0' })]) {
    writeFileSync(kept, text);
    started();
    expect(stack.state().picture).toBeUndefined();
    await stack.close();
  }
});

it('follows what a program imports, and what it prints is not the output of the console', async () => {
  const output = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  mkdirSync(join(folder, 'lib'));
  write('lib/job.ts', "export const job = 'nightly';\nconsole.log('loaded');\nprocess.stdout.write('again');\n");
  const config = [
    "import { job } from './lib/job';\n",
    'const container = { packaging: { type: "prebuilt-image", properties: { image: "busybox" } } };\n',
    'const properties = { container, resources: { cpu: 1, memory: 512 } };\n',
    "export default { stackName: 'reports', region: 'eu-west-1', resources: { [job]: { type: 'batch-job', properties } } };\n",
  ];
  write('batch-jobs.config.ts', config.join(''));
  started();
  expect(names(await done())).toEqual(['nightly']);
  expect(printed).toContain('loaded');
  expect(printed).toContain('again');
  expect(output).not.toHaveBeenCalled();
  write('lib/job.ts', "export const job = 'weekly';\n");
  expect(names(await done((state) => names(state)?.[0] !== 'nightly'))).toEqual(['weekly']);
});

it('reports what else a program can do than export a config, and goes on', async () => {
  const late =
    "export default new Promise((r) => setTimeout(r, 60_000));\nsetTimeout(() => { throw new Error('too late'); }, 1);";
  const cases = [
    ["export default null; throw new Error('no database');", 'no database'],
    [late, 'too late'],
    [program('process.exit(3);'), 'The config ends the process with process.exit'],
    [program("process.kill(process.pid, 'SIGKILL');"), 'The process that loads the config has ended with exit code 1.'],
    [
      // What it has started goes on for a while, and has its output.
      "import { spawn } from 'node:child_process';\nspawn('sleep', ['5'], { stdio: 'inherit' });\nprocess.kill(process.pid, 'SIGKILL');",
      'The process that loads the config has ended with exit code 1.',
    ],
    ['export const a = 1;', 'no default export'],
    ['export default {', 'Expected identifier but found end of file'],
    ["import 'not-installed';\nexport default {};", 'not-installed'],
    ['export default { stackName: "reports", region: "eu-west-1", resources: {}, resource: {} };', 'resource'],
  ];
  write('batch-jobs.config.ts', program(''));
  started();
  await done();
  for (const [text = '', report = ''] of cases) {
    write('batch-jobs.config.ts', text);
    const state = await done((one) => one.report?.includes(report) ?? false);
    expect(state.picture).toMatchObject({ stackName: 'reports' });
    // What has a place in the file is a problem with that place.
    expect(state.problems.length).toBe(report.startsWith('The ') ? 0 : 1);
  }
  write('batch-jobs.config.ts', program(''));
  expect((await done((state) => !hasProblem(state))).problems).toEqual([]);
});

it('gives up a program that never ends: at the next save, or when its time is over', async () => {
  write('batch-jobs.config.ts', program('for (;;);'));
  started({ patience: 50, longest: LONGEST_MS });
  await stateWith(({ isStale }) => isStale);
  // It may not have begun yet.
  write('batch-jobs.config.ts', program(''));
  expect((await done()).picture).toMatchObject({ stackName: 'reports' });
  await stack.close();

  write('batch-jobs.config.ts', program('for (;;);'));
  started({ longest: 3000 });
  const late = await done(hasProblem);
  expect(late.report).toBe('The config was not loaded within 3 seconds. Look for a loop that never ends.');
  write('batch-jobs.config.ts', program(''));
});

it('starts the process again that answers, if the code of the config has ended it', async () => {
  write(
    'batch-jobs.config.ts',
    program('if (process.send) setTimeout(() => process.exit(0), 1500).unref(); setInterval(() => {}, 500);'),
  );
  started({ answer: 60_000 });
  const { synthesizedAt } = await done();
  // Before it ends, it answers itself; while it ends, nobody does.
  const isAnotherAsked = async () => {
    const answer = await stack.ask('resource', { address: 'a.b' }).catch((error: unknown) => String(error));
    if (answer !== null) expect(answer).toContain('Try again');
    return answer === null && stack.state().synthesizedAt > synthesizedAt;
  };
  await until(isAnotherAsked, 'an answer of another process');
});

it('says so if there is no answer in time', async () => {
  write('batch-jobs.config.ts', program('setTimeout(() => { for (;;); }, 1000);'));
  started({ answer: 300 });
  await done();
  let answer: unknown = null;
  const isSilent = async () => {
    answer = await stack.ask('resource', { address: 'a.b' }).catch((error: unknown) => String(error));
    return answer !== null;
  };
  await until(isSilent, 'a config whose code never ends');
  expect(answer).toContain('gave no answer');
});
