import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parse } from 'yaml';
import { EXAMPLES, GUIDE_EXAMPLES } from './example-files';

const ROOT = join(__dirname, '..');

/** What loading and synthesizing an example gives: the types of its resources and its outputs, or the report of what is refused. */
interface Outcome {
  readonly types?: readonly string[];
  readonly outputs?: readonly string[];
  readonly refused?: string;
}

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'examples-')));
let outcomes: { readonly [file: string]: Outcome };

/** In a separate process with tsx, like main.ts: directives are modules, and the test runner has its own module loader. */
beforeAll(() => {
  const script = join(folder, 'load-all.ts');
  writeFileSync(
    script,
    `import { dirname } from 'node:path';
     import { App } from ${JSON.stringify(require.resolve('cdktf'))};
     import { loadConfig } from ${JSON.stringify(join(ROOT, 'modules/load'))};
     import { BatchJobsStack } from ${JSON.stringify(join(ROOT, 'modules/stack'))};
     async function outcome(file: string): Promise<object> {
       try {
         const { config } = await loadConfig(file);
         const stack = new BatchJobsStack(new App({ outdir: ${JSON.stringify(folder)} }), config, { baseDir: dirname(file) });
         const { resource, output } = stack.toTerraform();
         return { types: Object.keys(resource), outputs: Object.keys(output) };
       } catch (error) {
         return { refused: String(error.message ?? error) };
       }
     }
     (async () => {
       const outcomes: object = {};
       for (const file of process.argv.slice(2)) outcomes[file] = await outcome(file);
       console.log(JSON.stringify(outcomes));
     })();`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', require.resolve('tsx'), script, ...EXAMPLES], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  expect(stderr).toBe('');
  outcomes = JSON.parse(stdout);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(EXAMPLES)('%s becomes a stack', (file) => {
  const { refused, types = [] } = outcomes[file] ?? {};
  expect(refused).toBeUndefined();
  expect(types).toEqual(expect.arrayContaining(['aws_batch_job_definition', 'aws_sfn_state_machine']));
});

it('the three ARNs of each job are outputs', () => {
  for (const file of EXAMPLES) {
    const { resources } = yaml(file) as { resources: Record<string, { type: string }> };
    const jobs = Object.keys(resources).filter((name) => resources[name]?.type === 'batch-job');
    const expected = jobs.flatMap((job) => [`${job}JobDefinitionArn`, `${job}StateMachineArn`, `${job}LogGroupArn`]);
    expect(outcomes[file]?.outputs).toEqual(expect.arrayContaining(expected));
  }
});

it('each example of the guide is there, and each event source in one of them', () => {
  expect(GUIDE_EXAMPLES).toHaveLength(26);
  type Resource = { properties?: { events?: { type: string }[] } };
  const types = GUIDE_EXAMPLES.flatMap((file) =>
    Object.values((yaml(file) as { resources: Record<string, Resource> }).resources).flatMap(
      ({ properties }) => properties?.events?.map(({ type }) => type) ?? [],
    ),
  );
  expect([...new Set(types)].sort()).toEqual([
    'application-load-balancer',
    'cloudwatch-log',
    'dynamo-db-stream',
    'event-bus',
    'http-api-gateway',
    'kinesis-stream',
    's3',
    'schedule',
    'sns',
    'sqs',
  ]);
});

it.each(EXAMPLES)('%s begins with what it shows', (file) => {
  expect(read(file)).toMatch(/^# [A-Z].{20,}/);
});

it.each(EXAMPLES)('the files that %s names are there', (file) => {
  const paths = [...read(file).matchAll(/(?:entryfilePath|buildContextPath|filePath): (\S+)/g)].map(
    ([, path = '']) => path,
  );
  const missing = paths.map((path) => join(ROOT, dirname(file), path)).filter((path) => !existsSync(path));
  expect(missing.map((path) => relative(ROOT, path))).toEqual([]);
});

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

function yaml(file: string): unknown {
  return parse(read(file));
}
