import { stripVTControlCharacters } from 'node:util';
import type { Plan } from '../../../cli/init/plan';
import type { ProjectFolder } from '../../../cli/init/project-folder';
import { type InitReport, nextCommands, report } from '../../../cli/init/report';
import { filesIn, folderWith, init } from './new-project';

const FOLDER: ProjectFolder = {
  path: '/reports',
  packageFile: { members: [], scripts: {}, packages: {}, hasJest: false },
  testRunner: 'node',
};
const PLAN: Plan = {
  changes: [{ path: 'main.ts', text: '' }],
  kept: [],
  keptScripts: [],
  config: 'batch-jobs.config.ts',
  job: 'nightly',
  needsInstallation: true,
  scripts: ['synth', 'local'],
};
const TOLD: InitReport = { path: '', manager: 'npm' };
/** What a CDKTF program of its own is to get. */
const ADDED = [
  'Add to main.ts:',
  '',
  "  import { BatchJobsStack } from 'cdktf-batch-jobs';",
  "  import config from './batch-jobs.config';",
  '',
  '  new BatchJobsStack(app, config); // Before app.synth().',
  '',
];

const reported = (
  { folder, plan, told }: { folder?: object; plan?: Partial<Plan>; told?: Partial<InitReport> },
  width = 200,
) =>
  stripVTControlCharacters(report({ ...FOLDER, ...folder }, { ...PLAN, ...plan }, { ...TOLD, ...told }, width)).split(
    '\n',
  );

const INSTALL = ['npm install', 'install the packages'];
const SYNTH = ['npm run synth', 'check the config, write Terraform JSON'];
const LOCAL = ['npm run local -- nightly', 'run the job on this machine'];

it.each<[string, Partial<Plan>, Partial<InitReport>, string[][]]>([
  ['a new project', {}, {}, [INSTALL, LOCAL]],
  ['one with all packages', { needsInstallation: false }, {}, [SYNTH, LOCAL]],
  ['one that had a config', { job: undefined }, {}, [INSTALL, SYNTH]],
  ['one that had a config and all packages', { job: undefined, needsInstallation: false }, {}, [SYNTH]],
  [
    'another folder',
    {},
    { path: '../a/b_c.d@e:f+g-1' },
    [['cd ../a/b_c.d@e:f+g-1 && npm install', INSTALL[1] ?? ''], LOCAL],
  ],
  ['a folder with a space', {}, { path: 'my jobs' }, [["cd 'my jobs' && npm install", INSTALL[1] ?? ''], LOCAL]],
  ['a folder with a quote', {}, { path: "it's" }, [["cd 'it'\\''s' && npm install", INSTALL[1] ?? ''], LOCAL]],
  [
    'pnpm',
    {},
    { manager: 'pnpm' },
    [
      ['pnpm install', INSTALL[1] ?? ''],
      ['pnpm run local nightly', LOCAL[1] ?? ''],
    ],
  ],
  [
    'scripts that do something else',
    { scripts: [], needsInstallation: false },
    {},
    [
      ['npx batch-jobs synth', SYNTH[1] ?? ''],
      ['npx batch-jobs local nightly', LOCAL[1] ?? ''],
    ],
  ],
])('the next commands of %s', (_, plan, told, expected) => {
  expect(nextCommands({ ...PLAN, ...plan }, { ...TOLD, ...told })).toEqual(expected);
});

it('a new project', () => {
  expect(reported({})).toEqual([
    'New project in this folder',
    '',
    '  Created  main.ts',
    '',
    'Next  npm install               install the packages',
    '      npm run local -- nightly  run the job on this machine',
  ]);
});

it.each([
  ['a package.json with a name', { packageFile: { ...FOLDER.packageFile, name: 'mine' } }],
  ['an app', { app: { usesPackage: true } }],
])('a folder with %s is no new project', (_, folder) => {
  expect(reported({ folder, told: { path: 'reports' } })[0]).toBe('Batch jobs in reports');
});

it('everything is named: what was created, added and kept', () => {
  const plan = {
    changes: [
      { path: 'a', text: '' },
      { path: 'b', text: '' },
      { path: 'package.json', text: '', added: 'script synth' },
    ],
    kept: ['c', 'd'],
    keptScripts: ['local'],
  };
  expect(reported({ plan }).slice(2, 7)).toEqual([
    '  Created  a, b',
    '  Added    to package.json: script synth',
    '  Kept     c, d',
    '  Kept     in package.json: script local',
    '',
  ]);
  expect(reported({ plan: { keptScripts: ['local', 'synth'] } })[3]).toBe(
    '  Kept     in package.json: scripts local, synth',
  );
});

it('only additions', () => {
  const plan = { changes: [{ path: '.gitignore', text: '', added: '.env' }] };
  expect(reported({ plan }).slice(1, 4)).toEqual(['', '  Added  to .gitignore: .env', '']);
});

it('nothing to add', () => {
  const plan = { changes: [], kept: ['main.ts'], keptScripts: ['local'], job: undefined };
  expect(reported({ plan }).slice(0, 3)).toEqual([
    'Nothing to add: this folder has a project already.',
    '',
    'Next  npm install    install the packages',
  ]);
  expect(reported({ plan, told: { path: 'reports' } })[0]).toBe('Nothing to add: reports has a project already.');
});

it('what was assumed is wrapped, and so are rows and commands', () => {
  const lines = reported({ told: { assumed: 'There is no terminal to ask on, so defaults are used.' } }, 40);
  expect(lines.slice(1, 4)).toEqual(['There is no terminal to ask on, so', 'defaults are used.', '']);
  expect(lines.filter((line) => line.length > 40)).toEqual([]);
});

describe('the lines for an app that is there', () => {
  const linesFor = (folder: object, plan: Partial<Plan> = {}) => {
    const lines = reported({ folder, plan });
    return lines.slice(
      lines.findIndex((line) => line.startsWith('Add to')),
      lines.findIndex((line) => line.startsWith('Next')),
    );
  };
  const app = { mainFile: 'main.ts', usesPackage: false };
  const packageFile = { ...FOLDER.packageFile, type: 'module' };

  it('import the config', () => {
    expect(linesFor({ app })).toEqual(ADDED);
  });

  it('load a config that is no module', () => {
    expect(linesFor({ app }, { config: 'batch-jobs.config.yml' })).toEqual([
      'Add to main.ts:',
      '',
      "  import { BatchJobsStack, loadConfig } from 'cdktf-batch-jobs';",
      '',
      '  loadConfig().then((config) => {',
      '    new BatchJobsStack(app, config);',
      '    app.synth(); // Instead of the call that is there.',
      '  });',
      '',
    ]);
  });

  it.each([
    ['in another folder', { app: { ...app, mainFile: 'src/a/app.ts' } }, {}, '../../batch-jobs.config'],
    ['of ECMAScript', { app, packageFile }, {}, './batch-jobs.config.js'],
    ['of ECMAScript by its ending', { app }, { config: 'batch-jobs.config.mts' }, './batch-jobs.config.mjs'],
    ['of CommonJS by its ending', { app, packageFile }, { config: 'batch-jobs.config.cts' }, './batch-jobs.config.cjs'],
    ['of JavaScript', { app }, { config: 'batch-jobs.config.js' }, './batch-jobs.config'],
    ['without a known file', { app: { usesPackage: false } }, {}, './batch-jobs.config'],
  ])('%s', (_, folder, plan, from) => {
    expect(linesFor(folder, plan)).toContain(`  import config from '${from}';`);
  });

  it('name no file if none is known', () => {
    expect(linesFor({ app: { usesPackage: false } })[0]).toBe('Add to the file that makes your app:');
  });

  it('are none where the app has the package, or there is no app', () => {
    expect(linesFor({ app: { ...app, usesPackage: true } })).toEqual([]);
    expect(linesFor({})).toEqual([]);
  });
});

describe('in a project of CDKTF', () => {
  const CDKTF = {
    'cdktf.json': '{ "language": "typescript", "app": "npx ts-node main.ts" }',
    'main.ts': "import { App } from 'cdktf';\nconst app = new App();\napp.synth();\n",
    'package.json': '{ "name": "infra", "devDependencies": { "jest": "30.0.0" } }',
    'tsconfig.json': '{}',
  };

  it('its app stays as it is, and it says which lines to add', async () => {
    const path = folderWith(CDKTF);
    const { printed } = await init(path);
    const files = filesIn(path);
    const { 'package.json': _, ...kept } = CDKTF;
    expect(files).toMatchObject(kept);
    expect(files['README.md']).toBeUndefined();
    expect(printed).toContain(ADDED.join('\n'));
  });

  it('a package manager is spoken to in its own words', async () => {
    const path = folderWith({ ...CDKTF, 'pnpm-lock.yaml': '' });
    expect((await init(path)).printed).toMatch(/Next {2}pnpm install .*\n {6}pnpm run local nightlyReport /);
  });
});
