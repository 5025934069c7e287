import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contradictedName, identified, stageHints } from '../../modules/config/identity';

/** Nobody's profile: the developer's own must not decide a test. */
const NO_PROFILE = { AWS_CONFIG_FILE: '/nowhere/config', AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials' };

describe('the name of a stack', () => {
  it.each([
    ['nightly-report.yml', 'nightly-report'],
    ['jobs.config.ts', 'jobs'],
    ['/some/folder/Reports2.json', 'Reports2'],
  ])('is that of the file as it is: %s', async (file, stackName) => {
    expect(await identified({ resources: {} }, file, NO_PROFILE)).toEqual({
      value: { resources: {}, stackName },
      findings: [],
      moved: [],
    });
  });

  it.each<[object, string, object, string]>([
    [{}, 'reports.yml', { STAGE: 'dev' }, 'reports-dev'],
    [{}, 'jobs.config.ts', { STAGE: 'production' }, 'jobs-production'],
    [{ serviceName: 'shop' }, 'stacktape.yml', { STAGE: 'dev' }, 'shop-dev'],
    [{}, 'reports.yml', { STAGE: '' }, 'reports'],
    [{}, 'reports.yml', { STAGE: 'dev', STACK_NAME: 'mine' }, 'mine'],
    [{ serviceName: 'shop' }, 'stacktape.yml', { STAGE: 'dev', STACK_NAME: 'mine' }, 'mine'],
    [{ stackName: 'own' }, 'reports.yml', { STAGE: 'dev' }, 'own'],
    [{}, 'stacktape.ts', { STAGE: 'dev', PROJECT_NAME: 'photos' }, 'photos-dev'],
    [{}, 'some/stacktape.config.yml', { PROJECT_NAME: 'photos' }, 'photos'],
    [{}, 'stacktape.nightly.yml', { STAGE: 'dev', PROJECT_NAME: 'photos' }, 'photos-dev'],
    [{}, 'stacktape-nightly.yml', { PROJECT_NAME: 'photos' }, 'stacktape-nightly'],
    [{}, 'stacktape.yml', { STAGE: 'dev', PROJECT_NAME: '' }, 'stacktape-dev'],
    [{}, 'reports.yml', { STAGE: 'dev', PROJECT_NAME: 'photos' }, 'reports-dev'],
    [{ serviceName: 'shop' }, 'stacktape.yml', { PROJECT_NAME: 'photos' }, 'shop'],
    [{}, 'stacktape.yml', { STACK_NAME: 'mine', PROJECT_NAME: 'photos' }, 'mine'],
  ])('of %j in %s with %j is %s', async (config, file, variables, stackName) => {
    expect((await identified(config, file, { ...NO_PROFILE, ...variables })).value).toMatchObject({ stackName });
  });

  it.each([
    [
      'reports.yml',
      {},
      'my stage',
      '"reports-my stage", from the file\'s name and STAGE',
      'correct STAGE, or set STACK_NAME',
    ],
    [
      'a_b.yml',
      {},
      'dev',
      '"a_b-dev", from the file\'s name and STAGE',
      'add stackName to the config, set STACK_NAME, or rename the file',
    ],
    [
      'a.yml',
      { serviceName: 'a_b' },
      'dev',
      '"a_b-dev", from serviceName and STAGE',
      'correct serviceName, or set STACK_NAME',
    ],
  ])('says what is wrong with it: %s, %j, %s', async (file, config, STAGE, found, fix) => {
    const { findings } = await identified(config, file, { ...NO_PROFILE, STAGE });
    expect(findings).toMatchObject([{ path: ['stackName'], finding: { found, fix } }]);
  });

  it.each([
    [{ serviceName: 'shop' }, {}, [{ written: ['serviceName'], inConfig: ['stackName'] }]],
    [{ serviceName: 'shop' }, { STACK_NAME: 'a_b' }, []],
    [{ stackName: 'shop' }, {}, []],
    [{}, {}, []],
  ])('of %j with %j has its problems where it is written', async (config, variables, moved) => {
    expect(await identified(config, 'a.yml', { ...NO_PROFILE, ...variables })).toMatchObject({ moved });
  });

  it('is not given twice', async () => {
    const { findings } = await identified({ stackName: 'a', serviceName: 'b' }, 'a.yml', NO_PROFILE);
    expect(findings).toEqual([
      {
        path: ['serviceName'],
        finding: {
          code: 'conflict',
          found: '"b", and stackName is "a"',
          accepted: 'one name for the stack',
          fix: 'remove it: stackName names the stack',
        },
      },
    ]);
  });

  it('is not too long with the stage', async () => {
    const { findings } = await identified({}, 'reports.yml', { ...NO_PROFILE, STAGE: 'x'.repeat(128) });
    expect(findings).toMatchObject([{ path: ['stackName'], finding: { fix: 'correct STAGE, or set STACK_NAME' } }]);
  });

  it.each([
    '10-reports.yml',
    '20-reports.yml',
    '2026.yml',
    'my reports.yml',
    'a_b.ts',
    'reports-v1.2.json',
    'é.yml',
    '.yml',
  ])('is not made by dropping characters: %s', async (file) => {
    const { findings } = await identified({}, file, NO_PROFILE);
    expect(findings).toEqual([
      {
        path: ['stackName'],
        finding: {
          found: `"${file.replace(/(?<!^)\.\w+$/, '')}", from the file's name`,
          accepted: 'up to 128 letters, digits and hyphens, starting with a letter',
          acceptedAs: 'content',
          fix: 'add stackName to the config, set STACK_NAME, or rename the file',
        },
      },
    ]);
  });

  it('is the variable before it is the file', async () => {
    expect((await identified({}, 'jobs.yml', { ...NO_PROFILE, STACK_NAME: 'staging' })).value).toEqual({
      stackName: 'staging',
    });
  });

  it('is the serviceName of a Stacktape config, unless the variable names a stage of it', async () => {
    const config = { serviceName: 'reports', resources: {} };
    const named = await identified(config, 'stacktape.yml', NO_PROFILE);
    const moved = [{ written: ['serviceName'], inConfig: ['stackName'] }];
    expect(named).toEqual({ value: { resources: {}, stackName: 'reports' }, findings: [], moved });
    const { value } = await identified(config, 'stacktape.yml', { ...NO_PROFILE, STACK_NAME: 'reports-production' });
    expect(value).toEqual({ resources: {}, stackName: 'reports-production' });
  });

  it('says that a malformed one is the serviceName', async () => {
    const { findings } = await identified({ serviceName: 'my service' }, 'stacktape.yml', NO_PROFILE);
    expect(findings[0]?.finding).toMatchObject({
      found: '"my service", from serviceName',
      fix: 'correct serviceName, or set STACK_NAME',
    });
  });

  it.each([[{ serviceName: "$Format('{}-x', 'reports')" }], [{ serviceName: 5 }]])(
    'leaves a serviceName that would be ignored, to be refused: %j',
    async (config) => {
      expect((await identified(config, 'stacktape.yml', NO_PROFILE)).value).toMatchObject(config);
    },
  );

  it('says where a malformed one comes from', async () => {
    const { findings } = await identified({}, 'jobs.yml', { ...NO_PROFILE, STACK_NAME: 'my stack' });
    // A stackName would contradict it, and the name of the file would not be used.
    expect(findings[0]?.finding).toMatchObject({
      found: '"my stack", from STACK_NAME',
      fix: 'correct STACK_NAME, or unset it',
    });
  });

  it.each(['reports', '', 5, null])('is what the config says, be it %j', async (stackName) => {
    expect((await identified({ stackName }, 'jobs.yml', NO_PROFILE)).value).toEqual({ stackName });
  });

  it.each([null, 'text', 5, [[]]])('is not given to %j, which is no config', async (value) => {
    expect(await identified(value, 'jobs.yml', { STACK_NAME: 'staging' })).toEqual({ value, findings: [], moved: [] });
  });

  it('is refused if config and STACK_NAME differ', () => {
    expect(contradictedName({ stackName: 'reports' }, { STACK_NAME: 'staging' })).toEqual([
      {
        path: ['stackName'],
        finding: {
          found: '"reports", and STACK_NAME is "staging"',
          accepted: 'one name for the stack',
          fix: 'unset STACK_NAME, or remove stackName; in TypeScript: stackName: process.env.STACK_NAME ?? ...',
        },
      },
    ]);
  });

  it.each([
    [{ stackName: 'reports' }, 'reports'],
    [{ stackName: 'reports' }, ''],
    [{ stackName: 'reports' }, undefined],
    [{ stackName: 5 }, 'staging'],
    [null, 'staging'],
  ])('is no contradiction in %j with STACK_NAME %j', (config, STACK_NAME) => {
    expect(contradictedName(config, { STACK_NAME })).toEqual([]);
  });
});

describe('the region', () => {
  const named = { stackName: 'reports' };
  let folder: string;
  const region = async (environment: { [name: string]: string }, config: object = named) =>
    ((await identified(config, 'a.yml', { ...NO_PROFILE, ...environment })).value as { region?: string }).region;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'aws-profile-'));
    writeFileSync(join(folder, 'config'), '[default]\nregion = eu-central-1\n\n[profile other]\nregion=sa-east-1\n');
    writeFileSync(join(folder, 'credentials'), '[old]\nregion = us-west-2\n');
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('is what the config says', async () => {
    expect(await region({ AWS_REGION: 'us-east-1' }, { ...named, region: 'eu-west-1' })).toBe('eu-west-1');
  });

  it('is AWS_REGION before AWS_DEFAULT_REGION, as for the AWS SDKs', async () => {
    expect(await region({ AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-2' })).toBe('us-east-1');
    expect(await region({ AWS_REGION: '', AWS_DEFAULT_REGION: 'us-east-2' })).toBe('us-east-2');
  });

  it.each([
    [{}, 'eu-central-1'],
    [{ AWS_PROFILE: 'other' }, 'sa-east-1'],
    [{ AWS_PROFILE: 'old' }, 'us-west-2'],
    [{ AWS_PROFILE: 'nobody' }, undefined],
    [{ AWS_REGION: 'us-east-1', AWS_PROFILE: 'other' }, 'us-east-1'],
  ])('is that of the profile with %j: %s', async (environment: { [name: string]: string }, expected) => {
    const files = { AWS_CONFIG_FILE: join(folder, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials') };
    expect(await region({ ...files, ...environment })).toBe(expected);
  });

  it('stays open where nothing names one', async () => {
    expect(await identified(named, 'a.yml', NO_PROFILE)).toEqual({ value: named, findings: [], moved: [] });
  });

  it('says where a malformed one comes from', async () => {
    const { findings } = await identified(named, 'a.yml', { ...NO_PROFILE, AWS_REGION: 'eu-west-1a' });
    expect(findings).toEqual([
      {
        path: ['region'],
        finding: {
          found: '"eu-west-1a", from AWS_REGION',
          accepted: 'the code of an AWS region',
          fix: 'correct AWS_REGION, or add region to the config',
        },
      },
    ]);
  });
});

describe('the hint at a name that stages share', () => {
  const hints = (stackName: string | undefined, variables: { [name: string]: string }, file = 'reports.yml') =>
    stageHints({ stackName: stackName ?? 'reports-dev' }, { stackName }, file, variables).map(({ message }) => message);

  it.each([
    ['reports.yml', "$Format('{}-{}', 'shop', $Stage())"],
    ['reports.json', "$Format('{}-{}', 'shop', $Stage())"],
    ['jobs.config.ts', '`shop-${process.env.STAGE}`'],
    ['jobs.config.mjs', '`shop-${process.env.STAGE}`'],
  ])('says what to write in %s: %s', (file, form) => {
    expect(hints('shop', { STAGE: 'dev' }, file)).toEqual([
      `all stages are the one stack "shop", and STAGE=dev changes what others have deployed. Write ${form}, or leave ` +
        'stackName out: then STAGE follows the name',
    ]);
  });

  it.each<[string | undefined, { [name: string]: string }]>([
    ['shop-dev', { STAGE: 'dev' }],
    ['DevShop', { STAGE: 'dev' }],
    ['shop', {}],
    ['shop', { STAGE: '' }],
    ['shop', { STAGE: 'dev', STACK_NAME: 'shop' }],
    [undefined, { STAGE: 'dev' }],
  ])('is not for %j with %j', (stackName, variables) => {
    expect(hints(stackName, variables)).toEqual([]);
  });

  it('survives what is no config', () => {
    expect(stageHints(null, 'text', 'a.yml', { STAGE: 'dev' })).toEqual([]);
  });
});
