import { ConfigError } from '../../modules/problems/config-error';
import type { Finding } from '../../modules/problems/problem';
import { calledConfig } from '../../modules/stack-config/config-function';

const problem = (finding: Finding) => new ConfigError([{ keys: [], ...finding }], 'stacktape.ts');

/** What is wrong with a function of a config, and how to mend it. */
async function refused(config: (given: { [name: string]: string }) => unknown): Promise<unknown> {
  const error = await calledConfig(config as (given: object) => unknown, problem).catch((thrown: unknown) => thrown);
  if (!(error instanceof ConfigError)) throw new Error('accepted');
  return error.problems.map(({ found, accepted, fix }) => ({ found: String(found), accepted, fix }));
}

const { STAGE, PROJECT_NAME, AWS_REGION } = process.env;

beforeEach(() => {
  delete process.env.STAGE;
  delete process.env.PROJECT_NAME;
  process.env.AWS_REGION = 'eu-west-1';
});

afterAll(() => {
  Object.assign(process.env, { STAGE, PROJECT_NAME, AWS_REGION });
  for (const [name, value] of Object.entries({ STAGE, PROJECT_NAME, AWS_REGION })) {
    if (value === undefined) delete process.env[name];
  }
});

it('gives the stage, the project and the region', async () => {
  Object.assign(process.env, { STAGE: 'dev', PROJECT_NAME: 'shop' });
  const config = (given: object) => ({ given });
  const { given } = (await calledConfig(config, problem)) as { given: { [name: string]: string } };
  expect([given.stage, given.projectName, given.region]).toEqual(['dev', 'shop', 'eu-west-1']);
});

it('calls a function that reads nothing, without any variable', async () => {
  expect(await calledConfig(async () => ({ resources: {} }), problem)).toEqual({ resources: {} });
});

it.each([
  [undefined, 'nothing'],
  [null, 'null'],
  [5, '5'],
  [() => ({}), 'a function'],
])('refuses a function that returns %p', async (returned, shown) => {
  expect(await refused(() => returned)).toEqual([
    {
      found: `a function that returns ${shown}`,
      accepted: 'a function that returns the config',
      fix: 'return an object',
    },
  ]);
});

const ACCEPTED = 'a function of stage, projectName, region';

it.each([
  ['stage', 'and the variable STAGE is not set', 'set the variable STAGE, such as STAGE=production'],
  [
    'projectName',
    'and the variable PROJECT_NAME is not set',
    'set the variable PROJECT_NAME, such as PROJECT_NAME=reports',
  ],
  ['awsProfile', 'which is not given here', 'read a variable instead: process.env.AWS_PROFILE'],
  ['constructor', 'which is not given here', 'read a variable instead: process.env.CONSTRUCTOR'],
])('says what to do for %s', async (name, what, fix) => {
  const found = `a function that reads "${name}", ${what}`;
  expect(await refused((given) => given[name])).toEqual([{ found, accepted: ACCEPTED, fix }]);
});

it('lets errors of the function pass', async () => {
  const failing = () => {
    throw new TypeError('not yet');
  };
  await expect(calledConfig(failing, problem)).rejects.toThrow(TypeError);
});
