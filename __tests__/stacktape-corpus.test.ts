import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import { loadConfig } from '../modules/load';
import { prepareTriggerBundle } from '../modules/orchestration/trigger-bundle';
import { ConfigError } from '../modules/problems/config-error';
import { BatchJobsStack } from '../modules/stack';
import { EXPECTED, NOT_YET, type Passed } from './fixtures/stacktape/expected';
import { Synthesis } from './synthesis';

const FOLDER = join(__dirname, 'fixtures/stacktape');

/** Files that the configs name, and the list of outcomes. */
const NO_CONFIGS = [
  ...['directives.ts', 'sorter.ts', 'expected.ts', 'image', 'python'],
  ...['rates.json', 'settings.ini', 'settings.env'],
];

interface Outcome {
  readonly jobs: number;
  readonly functions: number;
  readonly synthesis: Synthesis;
}

async function outcome(file: string): Promise<Outcome | { readonly refused: readonly (readonly string[])[] }> {
  try {
    const loaded = await loadConfig(join(FOLDER, file), prepareTriggerBundle());
    const synthesis = new Synthesis(new BatchJobsStack(Testing.app(), loaded));
    const functions = Object.values(loaded.config.resources).filter(({ type }) => type === 'function').length;
    return { jobs: synthesis.all('aws_batch_job_definition').length, functions, synthesis };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { refused: error.problems.map(({ path, found, fix }) => [path, found, fix]) };
  }
}

let repository = '';

beforeAll(() => {
  repository = mkdtempSync(join(tmpdir(), 'corpus-'));
  const git = (...words: string[]) => execFileSync('git', ['-C', repository, ...words]);
  git('init', '--quiet');
  const own = ['user.name=Ada Miller', 'user.email=ada@example.com', 'commit.gpgsign=false'];
  git(...own.flatMap((one) => ['-c', one]), 'commit', '--quiet', '--allow-empty', '--message', 'Count the rye');
});

afterAll(() => rmSync(repository, { recursive: true, force: true }));

beforeEach(() => {
  // The checkout need not be one of git.
  process.env.GIT_DIR = join(repository, '.git');
  process.env.AWS_REGION = 'eu-west-1';
  process.env.STAGE = 'harvest';
});

it('each config has an outcome', () => {
  const configs = readdirSync(FOLDER).filter((file) => !NO_CONFIGS.includes(file));
  expect(configs.sort()).toEqual(Object.keys(EXPECTED).sort());
  expect(Object.keys(EXPECTED)).toEqual(expect.arrayContaining([...NOT_YET]));
});

for (const [file, expected] of Object.entries(EXPECTED)) {
  const test = NOT_YET.includes(file) ? it.failing : it;
  test(`${file} gives what the list says`, async () => {
    const given = await outcome(file);
    if ('refused' in expected || 'refused' in given) expect(given).toEqual(expected);
    else expectPassed(given, expected);
  });
}

function expectPassed({ jobs, functions, synthesis }: Outcome, { output = {}, ...counts }: Passed) {
  expect({ jobs, functions }).toEqual({ functions: 0, ...counts });
  for (const [type, part] of Object.entries(output)) {
    expect(synthesis.all(type)).toContainEqual(expect.objectContaining(part));
  }
}
