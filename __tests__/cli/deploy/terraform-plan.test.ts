import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SynthesizedStack } from '../../../cli/deploy/synthesized-stack';
import { Terraform, type TerraformEnd } from '../../../cli/deploy/terraform';
import { details, type PlanOptions, planned } from '../../../cli/deploy/terraform-plan';

const mock = { code: 0, stack: {} as SynthesizedStack, asked: jest.fn(), atExit: jest.fn() };
jest.mock('../../../cli/synthesis/cdktf-app', () => ({
  projectOutput: () => 'out',
  synthesizeProject: async (summary: string) => (summary === 'none' ? mock.code : 99),
}));
jest.mock('../../../cli/deploy/synthesized-stack', () => ({
  synthesizedStack: (folder: string, name?: string) => ({ ...mock.stack, name: name ?? `the only one of ${folder}` }),
}));
jest.mock('../../../cli/command/question', () => ({ confirmed: (...words: unknown[]) => mock.asked(...words) }));
jest.mock('../../../cli/command/at-exit', () => ({ atExit: (undo: () => void) => mock.atExit(undo) }));

const dir = mkdtempSync(join(tmpdir(), 'terraform-plan-'));
const GIVEN: PlanOptions = { json: false, verbose: false, aws: false, migrateState: false };

afterAll(() => rmSync(dir, { recursive: true }));
beforeEach(() => {
  mock.code = 0;
  mock.stack = { name: 'reports', dir, backend: 'local', paths: new Map() };
  mock.asked.mockReset().mockResolvedValue(false);
  mock.atExit.mockReset();
  mkdirSync(join(dir, '.terraform'), { recursive: true });
});
afterEach(() => {
  for (const [undo] of mock.atExit.mock.calls) undo();
  Object.assign(process.stdin, { isTTY: undefined });
  Object.assign(process.stdout, { isTTY: undefined });
  jest.restoreAllMocks();
});

const DOCUMENT =
  '{ "resource_changes": [{ "address": "aws_s3_bucket.a", "type": "aws_s3_bucket", "change": { "actions": ["create"] } }] }';

/** Plans with a Terraform whose commands end one after the other as told, and the rest well. */
async function plan({
  ends = [],
  destroy = false,
  shown = { text: DOCUMENT },
  ...options
}: Partial<PlanOptions> & { ends?: Partial<TerraformEnd>[]; destroy?: boolean; shown?: Partial<TerraformEnd> } = {}) {
  const calls: string[] = [];
  const log: string[] = [];
  const left = [...ends];
  const good = { code: 0, text: '', diagnostics: [], interrupted: false };
  const run = async (folder: string, words: readonly string[]) => {
    expect(folder).toBe(dir);
    calls.push(words.map((word) => word.replace(/[^=]*batch-jobs-plan-.*\/plan$/, 'FILE')).join(' '));
    return { ...good, ...(words[0] === 'show' ? shown : left.shift()) };
  };
  const commandLine = (folder: string, words: readonly string[]) =>
    ['terraform', `-chdir=${folder}`, ...words].join(' ');
  jest.spyOn(Terraform, 'find').mockReturnValue({ run, commandLine } as unknown as Terraform);
  const ended = await planned('reports', destroy, { ...GIVEN, ...options }, (line) => log.push(line)).then(
    (made) => ({ made, error: undefined }),
    (error: Error) => ({ made: undefined, error }),
  );
  return { ...ended, calls, log };
}

const INIT = 'init -input=false -no-color';
const PLAN = 'plan -input=false -out=FILE -json';
const SHOW = 'show -json FILE';
const failed = (text: string) => ({ code: 1, text });

it('a prepared folder is planned at once', async () => {
  const { made, calls, log } = await plan();
  expect(calls).toEqual([PLAN, SHOW]);
  expect(log).toEqual(['Stack reports: comparing with what is deployed ...']);
  expect(made?.summary.counts.add).toBe(1);
  expect(made?.ownerOf('aws_s3_bucket.a').kind).toBe('resource');
});

it('the region is named, if it is known', async () => {
  mock.stack = { ...mock.stack, region: 'eu-west-1' };
  expect((await plan()).log).toEqual(['Stack reports in eu-west-1: comparing with what is deployed ...']);
});

it('the saved plan is in a folder of the user alone, which is deleted at the end', async () => {
  const file = (await plan()).made?.file ?? '';
  const folder = dirname(file);
  expect([file, statSync(folder).mode & 0o777]).toEqual([join(folder, 'plan'), 0o700]);
  for (const [undo] of mock.atExit.mock.calls) undo();
  expect(existsSync(folder)).toBe(false);
});

it.each<[string, Partial<PlanOptions> & { destroy?: boolean }, string]>([
  ['everything is to be destroyed', { destroy: true }, 'plan -input=false -out=FILE -destroy -json'],
  ['it can wait for a lock', { lockTimeout: '10m' }, 'plan -input=false -out=FILE -json -lock-timeout=10m'],
])('if %s', async (_, options, expected) => {
  expect((await plan(options)).calls[0]).toBe(expected);
});

it('HCP Terraform has no JSON', async () => {
  mock.stack = { ...mock.stack, backend: 'cloud' };
  expect((await plan()).calls[0]).toBe('plan -input=false -out=FILE -no-color');
});

it('what is before the JSON of a plan is skipped', async () => {
  expect((await plan({ shown: { text: `Warning: x\n${DOCUMENT}` } })).made?.summary.counts.add).toBe(1);
});

it('an empty plan has no changes', async () => {
  expect((await plan({ shown: { text: '{}' } })).made?.summary.hasChanges).toBe(false);
});

it('a new folder is prepared first', async () => {
  rmSync(join(dir, '.terraform'), { recursive: true });
  const { calls, log } = await plan({ lockTimeout: '1m' });
  expect(calls).toEqual([`${INIT} -lock-timeout=1m`, `${PLAN} -lock-timeout=1m`, SHOW]);
  expect(log.at(-1)).toBe('Preparing Terraform: providers and backend ...');
});

it.each(['Run "terraform init" to do so', 'Please run tofu init'])(
  '%j: it is prepared, and planned again',
  async (text) => {
    expect((await plan({ ends: [failed(text)] })).calls).toEqual([PLAN, INIT, PLAN, SHOW]);
  },
);

it('what a command that succeeds says is no reason to run it again', async () => {
  const text = 'terraform init -upgrade: Backend configuration changed';
  expect((await plan({ ends: [{ text }] })).calls).toEqual([PLAN, SHOW]);
  const ends = [failed('terraform init'), { text }];
  expect((await plan({ ends, migrateState: true })).calls).toEqual([PLAN, INIT, PLAN, SHOW]);
});

it('no synthesis, no plan', async () => {
  mock.code = 1;
  const { error, calls } = await plan();
  expect([error?.message, calls]).toEqual(['Nothing was planned: synthesis failed.', []]);
});

it('without Terraform nothing is synthesized', async () => {
  jest.spyOn(Terraform, 'find').mockImplementation(() => {
    throw new Error('no terraform');
  });
  mock.code = 1;
  await expect(planned('reports', false, GIVEN, () => {})).rejects.toThrow('no terraform');
});

it.each<[string, Parameters<typeof plan>[0], RegExp, string[]]>([
  ['terraform plan', { ends: [failed('broken')] }, /terraform plan[\s\S]*broken/, [PLAN]],
  [
    'terraform init',
    { ends: [failed('terraform init'), failed('broken')] },
    /terraform init[\s\S]*broken/,
    [PLAN, INIT],
  ],
  ['terraform show', { shown: failed('broken') }, /terraform show[\s\S]*broken/, [PLAN, SHOW]],
  ['a lock', { ends: [failed('Error acquiring the state lock')] }, /terraform -chdir=.* force-unlock LOCK_ID/, [PLAN]],
])('a failure of %s is reported', async (_, given, message, expected) => {
  const { error, calls } = await plan(given);
  expect(error?.message).toMatch(message);
  expect(calls).toEqual(expected);
});

it('it stops where the user interrupts it', async () => {
  const { error, calls } = await plan({ ends: [{ interrupted: true }] });
  expect([error?.message, calls]).toEqual(['Interrupted. Nothing was changed.', [PLAN]]);
});

describe('init', () => {
  const NEEDS_INIT = failed('terraform init');
  const MOVED = failed('Error: Backend configuration changed');
  const MIGRATED = `${INIT} -migrate-state -force-copy`;

  it('selects the required versions of providers', async () => {
    const { calls } = await plan({ ends: [NEEDS_INIT, failed('use terraform init -upgrade')] });
    expect(calls).toEqual([PLAN, INIT, `${INIT} -upgrade`, PLAN, SHOW]);
  });

  it('does so once', async () => {
    const { calls } = await plan({ ends: [NEEDS_INIT, failed('init -upgrade'), failed('init -upgrade')] });
    expect(calls).toEqual([PLAN, INIT, `${INIT} -upgrade`]);
  });

  it('copies the state if that was asked for', async () => {
    const { calls } = await plan({ ends: [NEEDS_INIT, MOVED], migrateState: true });
    expect(calls).toEqual([PLAN, INIT, MIGRATED, PLAN, SHOW]);
    expect(mock.asked).not.toHaveBeenCalled();
  });

  it.each([
    [true, [PLAN, INIT, MIGRATED, PLAN, SHOW]],
    [false, [PLAN, INIT]],
  ])('asks a person, who says %s', async (answer, expected) => {
    Object.assign(process.stdin, { isTTY: true });
    mock.asked.mockResolvedValue(answer);
    expect((await plan({ ends: [NEEDS_INIT, MOVED] })).calls).toEqual(expected);
    expect(mock.asked).toHaveBeenCalledWith(
      'The config names another backend than the last deployment did. Copy the state to it?',
      false,
    );
  });

  it.each<[string, boolean, Partial<PlanOptions>]>([
    ['there is no terminal', false, {}],
    ['a program reads the output', true, { json: true }],
  ])('asks nobody if %s', async (_, isTTY, options) => {
    Object.assign(process.stdin, { isTTY });
    mock.asked.mockResolvedValue(true);
    const { error } = await plan({ ends: [NEEDS_INIT, MOVED], ...options });
    expect(error?.message).toContain('add --migrate-state');
    expect(mock.asked).not.toHaveBeenCalled();
  });

  it('copies no state after another failure', async () => {
    expect((await plan({ ends: [NEEDS_INIT, failed('broken')], migrateState: true })).calls).toEqual([PLAN, INIT]);
  });
});

it.each([
  [undefined, ['show', '-no-color', 'file']],
  [true, ['show', 'file']],
])("Terraform's text of a plan, on a terminal: %s", async (isTTY, words) => {
  Object.assign(process.stdout, { isTTY });
  const run = jest.fn().mockResolvedValue({ text: 'details' });
  const { stack } = mock;
  expect(await details({ terraform: { run }, stack, file: 'file' } as unknown as Parameters<typeof details>[0])).toBe(
    'details',
  );
  expect(run).toHaveBeenCalledWith(dir, words);
});
