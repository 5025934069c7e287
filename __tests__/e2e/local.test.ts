import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import firstExample from '../../batch-jobs.config';
import { definitionOf, runScenario, SCENARIOS } from '../cli/local/scenarios';
import { EXAMPLES, FIRST_EXAMPLE, JOBS_ON_AWS } from '../example-files';
import { describeWith } from './engines/availability';
import { type Moto, placeStateMachine, startMoto, unavailable } from './engines/moto';

const ROOT = join(__dirname, '..', '..');
const CONTAINER = {
  image: 'public.ecr.aws/docker/library/busybox:1.37',
  command: ['true'],
  environment: [],
  resourceRequirements: [
    { type: 'VCPU' as const, value: '1' },
    { type: 'MEMORY' as const, value: '512' },
  ],
};

const reason = unavailable();
const engine = reason === undefined ? { available: true as const } : { available: false as const, reason };

describeWith(
  [engine],
  'real processes on this machine and scripted jobs on moto go the same way, state by state:',
  () => {
    let moto: Moto;
    beforeAll(async () => {
      moto = await startMoto();
    });
    afterAll(async () => {
      await moto?.stop();
    });

    it.each(Object.entries(SCENARIOS))('%s', async (_, scenario) => {
      const machine = await placeStateMachine(
        moto,
        JSON.stringify(definitionOf(scenario)),
        CONTAINER,
        scenario.emulated,
      );
      const [emulated, { run }] = await Promise.all([machine.run(), runScenario(scenario)]);
      expect(run.visited).toEqual(emulated.visited);
      expect(run.visited).toEqual(scenario.visited);
      expect([run.status, emulated.execution.status]).toEqual([scenario.status, scenario.status]);
      if (run.status === 'SUCCEEDED') return;
      expect(run.error).toBe(emulated.execution.error);
      const causes = [run.cause, emulated.execution.cause].map((cause) => JSON.parse(cause ?? ''));
      for (const cause of causes) expect(cause).toMatchObject(scenario.cause ?? {});
    });
  },
);

interface Example {
  readonly resources: {
    readonly [name: string]: {
      readonly type: string;
      readonly properties?: {
        readonly container?: {
          readonly packaging: { readonly type: string; readonly properties: { entryfilePath?: string } };
        };
        readonly events?: readonly { readonly type: string }[];
        readonly volumes?: unknown;
        readonly forEach?: unknown;
      };
    };
  };
}

/** Those that call AWS are for local-aws.test.ts. */
function isOnAws(file: string, job: string): boolean {
  return Object.values(JOBS_ON_AWS).some((other) => other.file === file && other.job === job);
}

function resourcesOf(file: string): Example['resources'] {
  if (file === FIRST_EXAMPLE) return firstExample.resources as Example['resources'];
  return (parse(readFileSync(join(ROOT, file), 'utf8')) as Example).resources;
}

type Run = [file: string, job: string, trigger: string | undefined];

/** Each trigger of each job of an example that is JavaScript, TypeScript or Python, as words after `npm run local --`; without triggers by hand. */
function triggersOf(file: string): Run[] {
  return Object.entries(resourcesOf(file)).flatMap(([job, { type, properties }]): Run[] => {
    const { container, events = [], volumes, forEach } = properties ?? {};
    // A process has no volumes: local-container.process.test.ts is about these. Containers of items don't see the event.
    if (volumes !== undefined || forEach !== undefined) return [];
    const entry = container?.packaging.properties.entryfilePath ?? '';
    if (type !== 'batch-job' || !/\.(ts|js|py)$/.test(entry) || isOnAws(file, job)) return [];
    if (events.length === 0) return [[file, job, undefined]];
    return events.map((event, index): Run => {
      const place = events.slice(0, index + 1).filter((other) => other.type === event.type).length;
      return [file, job, `${event.type}:${place}`];
    });
  });
}

const folder = mkdtempSync(join(tmpdir(), 'local-examples-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function local(file: string, words: readonly string[]) {
  const { PATH = '' } = process.env;
  return spawnSync(process.execPath, ['--import', 'tsx', 'cli/batch-jobs.ts', 'local', ...words], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    env: {
      PATH,
      HOME: folder,
      TMPDIR: folder,
      BATCH_JOBS_CONFIG: file,
      AWS_EC2_METADATA_DISABLED: 'true',
      NO_COLOR: '1',
    },
  });
}

interface Given {
  readonly time?: string;
  readonly detail?: { readonly name?: string };
}

/** What a job of an example prints of its event, if it doesn't print the event itself. */
function saysOf(file: string): (given: Given) => string {
  if (file === FIRST_EXAMPLE) return ({ time = 'now' }) => `report for ${time}`;
  if (file.startsWith('examples/pipeline/')) return ({ detail }) => detail?.name ?? 'fetched the orders of 20';
  return ({ time = 'now' }) => `scheduled for ${time}`;
}

it('examples/guide/for-each.yml: tile sees each line of its list', () => {
  const list = join(folder, 'list.txt');
  writeFileSync(list, 'one.tif\ntwo.tif\n');
  const file = 'examples/guide/for-each.yml';
  expect(local(file, ['tile', '--print-event']).status).toBe(0);
  const { stdout, status } = local(file, ['tile', '--manifest', list, '--plain', '--json', '--fast']);
  const lines = stdout.trim().split('\n');
  const events = lines.map((line) => JSON.parse(line));
  expect(events.filter(({ type }) => type === 'items-end')).toMatchObject([{ succeeded: 2, failed: 0 }]);
  const output = events.filter(({ type }) => type === 'output').map(({ text }) => text);
  for (const item of ['one.tif', 'two.tif']) expect(output.join('\n')).toContain(item);
  expect(status).toBe(0);
});

it.each([FIRST_EXAMPLE, ...EXAMPLES].flatMap(triggersOf))('%s: %s sees the event of %s', (file, job, trigger) => {
  const wanted = trigger === undefined ? [] : ['--event-type', trigger];
  const printed = local(file, [job, ...wanted, '--print-event']);
  expect(printed.stderr).toBe('');
  const event = join(folder, 'event.json');
  writeFileSync(event, printed.stdout);
  const words = [job, '--event', event, '--plain', '--json', '--fast', '--grace', '1s', '--timeout-after', '5m'];
  const { stdout, stderr, status } = local(file, words);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const progressEvents = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const given = JSON.parse(printed.stdout);
  const output = progressEvents.filter(({ type }) => type === 'output').map(({ text }) => text);
  const [, seen] = /started by (.*)/.exec(output.join('\n')) ?? [];
  if (seen === undefined) expect(output).toContainEqual(expect.stringContaining(saysOf(file)(given)));
  else expect(JSON.parse(seen)).toEqual(given);
});
