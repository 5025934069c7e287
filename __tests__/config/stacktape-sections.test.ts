import { withoutSections } from '../../modules/config/stacktape-sections';

const NOTHING_ELSE = { hints: [], moved: [], findings: [] };

const NPM = 'npm runs scripts here. Add what you need of them to scripts of package.json';

it('a config without sections of Stacktape stays as it is', () => {
  const config = { stackName: 'a', resources: {} };
  expect(withoutSections(config)).toEqual({ value: config, ...NOTHING_ELSE });
});

it.each([undefined, null, 'text', ['hooks']])('%j is no config, and stays for the check', (config) => {
  expect(withoutSections(config)).toEqual({ value: config, ...NOTHING_ELSE });
});

it('scripts have no effect, with a hint', () => {
  expect(withoutSections({ a: 1, scripts: { build: {} } })).toEqual({
    value: { a: 1 },
    ...NOTHING_ELSE,
    hints: [{ property: 'scripts', message: NPM }],
  });
});

it.each<[hooks: unknown, message: string]>([
  [{ beforeDeploy: [{ scriptName: 'build' }] }, 'Run build before each deployment'],
  [{ afterDeploy: [{ scriptName: 'migrate' }] }, 'Run migrate after each deployment'],
  [
    {
      beforeDeploy: [{ scriptName: 'a' }, { scriptName: 'b' }, { scriptName: 'a' }],
      afterDeploy: [{ scriptName: 'c' }],
    },
    'Run a and b before each deployment, and run c after each deployment',
  ],
  [
    [
      { triggers: ['before:deploy', 'after:deploy'], scriptName: 'build' },
      { triggers: ['before:delete'], scriptName: 'never' },
    ],
    'Run build before each deployment, and run build after each deployment',
  ],
  [[{ triggers: ['after:deploy'], command: 'make' }], 'Run its command after each deployment'],
  [{ beforeDelete: [{ scriptName: 'never' }], afterDeploy: 'no list' }, 'Run what you need of them yourself'],
  [['no hook', { triggers: 'after:deploy' }], 'Run what you need of them yourself'],
  [{}, 'Run what you need of them yourself'],
])('hooks %j have no effect, and the hint says what to run', (hooks, message) => {
  expect(withoutSections({ hooks })).toEqual({
    value: {},
    ...NOTHING_ELSE,
    hints: [{ property: 'hooks', message: `no hook runs here. ${message}` }],
  });
});

it.each([{ scripts: ['build'] }, { scripts: null }, { hooks: 'build' }, { hooks: null }, { scripts: 'a', hooks: 1 }])(
  '%j has another form than in Stacktape, and stays to be refused',
  (config) => {
    expect(withoutSections(config)).toEqual({ value: config, ...NOTHING_ELSE });
  },
);

it('tags and outputs of stackConfig become those of the stack', () => {
  const tags = [{ name: 'team', value: 'desk' }];
  const outputs = [{ name: 'a', value: 'b', export: true }];
  expect(withoutSections({ a: 1, stackConfig: { tags, outputs } })).toEqual({
    value: { a: 1, tags, outputs: [{ name: 'a', value: 'b' }] },
    hints: [{ property: 'stackConfig.outputs', message: expect.stringContaining('export has no effect') }],
    moved: [
      { written: ['stackConfig', 'tags'], inConfig: ['tags'] },
      { written: ['stackConfig', 'outputs'], inConfig: ['outputs'] },
    ],
    findings: [],
  });
});

it('a stackConfig that is no object stays to be refused', () => {
  expect(withoutSections({ stackConfig: 'none' })).toEqual({ value: { stackConfig: 'none' }, ...NOTHING_ELSE });
});
