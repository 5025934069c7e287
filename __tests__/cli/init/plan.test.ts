import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Answers } from '../../../cli/init/answers';
import { type PlanContext, plan } from '../../../cli/init/plan';
import type { ProjectFolder } from '../../../cli/init/project-folder';
import { filesIn, folderWith, init, OWN } from './new-project';

const root = mkdtempSync(join(tmpdir(), 'plan-'));
afterAll(() => rmSync(root, { recursive: true }));

const ANSWERS: Answers = { name: 'Reports', language: 'typescript', configFormat: 'typescript' };
const CONTEXT: PlanContext = {
  manager: 'npm',
  ownRange: '^1.2.3',
  own: {
    folder: '/own',
    name: 'cdktf-batch-jobs',
    version: '1.2.3',
    engines: { node: '>=20' },
    dependencies: { tsx: '4.0.0' },
    devDependencies: { '@types/node': '20.0.0', typescript: '5.0.0' },
    peerDependencies: { constructs: '10.x', cdktf: '0.21.x' },
  },
};

let folders = 0;

/** Plans for a folder with files. */
function planned(
  files: Readonly<Record<string, string>> = {},
  found: Partial<ProjectFolder> = {},
  { answers, context }: { answers?: Partial<Answers>; context?: Partial<PlanContext> } = {},
) {
  folders += 1;
  const path = join(root, `${folders}`, 'project');
  for (const [file, text] of Object.entries({ ...files, '.keep': '' })) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), text);
  }
  const packageFile = { members: [], scripts: {}, packages: {}, hasJest: false };
  return plan(
    { path, packageFile, testRunner: 'node', ...found },
    { ...ANSWERS, ...answers },
    { ...CONTEXT, ...context },
  );
}

const paths = ({ changes }: ReturnType<typeof plan>) => changes.map(({ path }) => path);
const textOf = ({ changes }: ReturnType<typeof plan>, file: string) =>
  changes.find(({ path }) => path === file)?.text ?? '';
const packageOf = (made: ReturnType<typeof plan>) => JSON.parse(textOf(made, 'package.json'));

const SCRIPTS = ['synth', 'local', 'console', 'diff', 'deploy', 'destroy'];
const IGNORED = 'node_modules/\ncdktf.out/\n.terraform/\n*.tfstate\n*.tfstate.*\n.env\n__pycache__/\n';

it('an empty folder gets a whole project', () => {
  const { changes, ...told } = planned();
  expect(changes.map(({ path }) => path)).toEqual([
    'package.json',
    'cdktf.json',
    'main.ts',
    'tsconfig.json',
    'batch-jobs.config.ts',
    'jobs/nightly-report.ts',
    'jobs/nightly-report.test.ts',
    'README.md',
    '.gitignore',
  ]);
  expect(changes.filter(({ text, added }) => text === '' || added !== undefined)).toEqual([]);
  expect(told).toEqual({
    kept: [],
    keptScripts: [],
    config: 'batch-jobs.config.ts',
    job: 'nightlyReport',
    needsInstallation: true,
    scripts: SCRIPTS,
  });
});

it('its package.json has what this package needs', () => {
  const text = textOf(planned(), 'package.json');
  expect(JSON.parse(text)).toEqual({
    name: 'reports',
    version: '0.1.0',
    private: true,
    engines: { node: '>=20' },
    scripts: {
      ...Object.fromEntries(SCRIPTS.map((name) => [name, `batch-jobs ${name}`])),
      test: 'node --import tsx --test jobs/*.test.ts',
      typecheck: 'tsc --noEmit',
    },
    dependencies: { cdktf: '0.21.x', 'cdktf-batch-jobs': '^1.2.3', constructs: '10.x' },
    devDependencies: { '@types/node': '^20.0.0', tsx: '^4.0.0', typescript: '^5.0.0' },
  });
  expect(Object.keys(JSON.parse(text).dependencies)).toEqual(['cdktf', 'cdktf-batch-jobs', 'constructs']);
});

it.each([
  ['reports', 'reports'],
  ['CDKTF', 'cdktf-stack'],
  ['cdktf-batch-jobs', 'cdktf-batch-jobs-stack'],
])('a stack %s has the package %s, which is none that it needs', (name, expected) => {
  expect(packageOf(planned({}, {}, { answers: { name } })).name).toBe(expected);
});

it('the answers and the region are in the config', () => {
  const { changes, config } = planned(
    {},
    {},
    { answers: { language: 'python', configFormat: 'yaml' }, context: { region: 'us-east-2' } },
  );
  expect(config).toBe('batch-jobs.config.yml');
  const text = changes.find(({ path }) => path === config)?.text;
  expect(text).toContain('stackName: Reports\n');
  expect(text).toContain('region: us-east-2\n');
  expect(changes.map(({ path }) => path)).toContain('jobs/nightly_report.py');
});

it('the README speaks to the package manager', () => {
  expect(textOf(planned({}, {}, { context: { manager: 'pnpm' } }), 'README.md')).toContain('`pnpm install`');
});

it.each([
  ['node', 'typescript', 'node --import tsx --test jobs/*.test.ts', 'node:test'],
  ['jest', 'typescript', 'jest', undefined],
  ['vitest', 'typescript', 'vitest run', 'vitest'],
  ['jest', 'python', 'python3 -m unittest discover jobs', undefined],
] as const)('with %s, the test of a job in %s runs by %s', (testRunner, language, script, imported) => {
  const made = planned({}, { testRunner }, { answers: { language } });
  expect(packageOf(made).scripts.test).toBe(script);
  const [, from] = /^import \{ test \} from '(.+)';$/m.exec(textOf(made, 'jobs/nightly-report.test.ts')) ?? [];
  expect(from).toBe(imported);
});

it('a config that is there keeps its jobs: no job, no test and no README', () => {
  const made = planned({}, { config: 'batch-jobs.config.json' });
  expect(paths(made)).toEqual(['package.json', 'cdktf.json', 'main.ts', 'tsconfig.json', '.gitignore']);
  expect(made).toMatchObject({ config: 'batch-jobs.config.json', job: undefined, kept: ['batch-jobs.config.json'] });
  expect(packageOf(made).scripts).not.toHaveProperty('test');
  expect(packageOf(made).scripts).toHaveProperty('typecheck');
});

it('an app that is there stays the app', () => {
  expect(paths(planned({}, { app: { usesPackage: false } }))).not.toEqual(
    expect.arrayContaining(['cdktf.json', 'main.ts']),
  );
  expect(paths(planned({ 'main.ts': '' }, { app: { usesPackage: false } }))).not.toContain('cdktf.json');
});

it('a main.ts without an app is another program: it is neither overwritten nor run', () => {
  const made = planned({ 'main.ts': '' });
  expect(paths(made)).not.toContain('main.ts');
  expect(paths(made)).not.toContain('cdktf.json');
  expect(made.kept).toEqual([]);
});

it('a project with a name has a README of its own, or none', () => {
  const packageFile = { name: 'mine', members: ['name'], scripts: {}, packages: {}, hasJest: false };
  expect(paths(planned({}, { packageFile, packageText: '{"name":"mine"}' }))).not.toContain('README.md');
});

it('files of the same names are kept, whatever their letter case', () => {
  const made = planned({ 'readme.MD': '', 'tsconfig.json': '', 'jobs/nightly-report.ts': '' });
  expect(made.kept).toEqual(['tsconfig.json', 'jobs/nightly-report.ts', 'README.md']);
  expect(paths(made)).not.toEqual(expect.arrayContaining(['README.md']));
});

describe('a package.json that is there', () => {
  const found = (packageText: string) => {
    const { name, scripts = {}, dependencies = {} } = JSON.parse(packageText);
    const members = Object.keys(JSON.parse(packageText));
    return planned(
      {},
      { packageText, packageFile: { name, members, scripts, packages: dependencies, hasJest: false } },
    );
  };
  const addedTo = (packageText: string) =>
    found(packageText).changes.find(({ path }) => path === 'package.json')?.added;

  it('gets what it lacks, which is named', () => {
    expect(addedTo('{ "name": "mine", "scripts": { "local": "x" } }')).toBe(
      'scripts synth, console, diff, deploy, destroy, test, typecheck; ' +
        'packages cdktf, cdktf-batch-jobs, constructs, @types/node, tsx, typescript',
    );
  });

  const whole = packageOf(planned());

  it('of one script or package is said in the singular', () => {
    const { synth, ...scripts } = whole.scripts;
    const { tsx, ...devDependencies } = whole.devDependencies;
    const dependencies = { ...whole.dependencies, ...devDependencies };
    expect(addedTo(JSON.stringify({ ...whole, scripts, dependencies, devDependencies: {} }))).toBe(
      'script synth; package tsx',
    );
    expect(addedTo(JSON.stringify({ ...whole, scripts, dependencies: { ...dependencies, tsx } }))).toBe('script synth');
  });

  it('with everything is not changed', () => {
    const text = JSON.stringify({ ...whole, dependencies: { ...whole.dependencies, ...whole.devDependencies } });
    expect(paths(found(text))).not.toContain('package.json');
  });

  it('keeps scripts that do something else, which are then not called', () => {
    const { keptScripts, scripts } = found('{ "name": "mine", "scripts": { "local": "x", "test": "mocha" } }');
    expect(keptScripts).toEqual(['local', 'test']);
    expect(scripts).toEqual(['synth', 'console', 'diff', 'deploy', 'destroy']);
  });
});

it.each([
  [undefined, IGNORED, undefined],
  [
    '.env\n',
    `.env\n${IGNORED.replace('.env\n', '')}`,
    'node_modules/, cdktf.out/, .terraform/, *.tfstate, *.tfstate.*, __pycache__/',
  ],
])('.gitignore %j gets what it lacks', (original, text, added) => {
  const { changes } = planned(original === undefined ? {} : { '.gitignore': original });
  expect(changes.at(-1)).toEqual({ path: '.gitignore', text, ...(added !== undefined && { added }) });
});

it('a .gitignore with everything is not changed', () => {
  expect(paths(planned({ '.gitignore': IGNORED }))).not.toContain('.gitignore');
});

it('packages are found in the folders above too', () => {
  const names = ['cdktf', 'constructs', 'cdktf-batch-jobs', '@types/node', 'tsx', 'typescript'];
  const installed = (place: string, of: readonly string[]) =>
    planned(Object.fromEntries(of.map((name) => [`${place}node_modules/${name}/package.json`, '{}'])))
      .needsInstallation;
  expect(installed('', names)).toBe(false);
  expect(installed('../', names)).toBe(false);
  for (const name of names) {
    expect(
      installed(
        '',
        names.filter((other) => other !== name),
      ),
    ).toBe(true);
  }
});

describe('in a folder with something in it', () => {
  it('a second call has nothing to add', async () => {
    const path = folderWith();
    await init(path, '--language', 'python');
    const before = filesIn(path);
    const { code, printed } = await init(path);
    expect(code).toBe(0);
    expect(filesIn(path)).toEqual(before);
    expect(printed).toBe(
      [
        'Nothing to add: this folder has a project already.',
        '',
        'Next  npm install    install the packages',
        '      npm run synth  check the config, write Terraform JSON',
      ].join('\n'),
    );
  });

  it('what npm makes when it installs a file into an empty folder becomes a whole package.json, which keeps that file', async () => {
    const text = '{\n  "dependencies": {\n    "cdktf-batch-jobs": "file:../cdktf-batch-jobs-0.1.0.tgz"\n  }\n}\n';
    const path = folderWith({ 'package.json': text });
    const { printed } = await init(path);
    const { scripts, ...changed } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
    expect(Object.keys(changed)).toEqual(['name', 'private', 'dependencies', 'devDependencies']);
    expect(changed.dependencies['cdktf-batch-jobs']).toBe('file:../cdktf-batch-jobs-0.1.0.tgz');
    expect(Object.keys(scripts)).toHaveLength(8);
    expect(printed).toContain('New project in this folder');
  });

  it('its packages are there: nothing has to be installed', async () => {
    const names = [...Object.keys(OWN.peerDependencies), 'cdktf-batch-jobs', '@types/node', 'tsx', 'typescript'];
    const path = folderWith(Object.fromEntries(names.map((name) => [`../node_modules/${name}/package.json`, '{}'])));
    const { printed } = await init(path);
    expect(printed).toMatch(/Next {2}npm run synth .*\n {6}npm run local -- nightlyReport /);
  });

  it('files of the same names are kept', async () => {
    const own = { 'jobs/nightly-report.ts': '// Mine.', 'readme.MD': 'Mine.', 'tsconfig.json': '{}' };
    const path = folderWith(own);
    const { printed } = await init(path);
    expect(filesIn(path)).toMatchObject(own);
    expect(filesIn(path)['README.md']).toBeUndefined();
    expect(printed).toMatch(/Kept +tsconfig\.json, jobs\/nightly-report\.ts, README\.md\n/);
  });

  it('a link that leads nowhere is kept as well', async () => {
    const path = folderWith();
    symlinkSync('nowhere', join(path, 'tsconfig.json'));
    await init(path);
    expect(filesIn(path)['tsconfig.json']).toBe('a link to nothing');
    expect(existsSync(join(path, 'nowhere'))).toBe(false);
  });

  it('a config that is there keeps its jobs: none is added, and nothing is asked', async () => {
    const path = folderWith({ 'batch-jobs.config.json': '{}' });
    const { printed } = await init(path);
    expect(Object.keys(filesIn(path))).toEqual([
      '.gitignore',
      'batch-jobs.config.json',
      'cdktf.json',
      'main.ts',
      'package.json',
      'tsconfig.json',
    ]);
    expect(printed).toContain('Kept     batch-jobs.config.json\n');
    expect(printed).not.toContain('no terminal');
  });

  it('a main.ts that is another program is not made an app of CDKTF', async () => {
    const path = folderWith({ 'main.ts': "console.log('mine');" });
    await init(path);
    expect(Object.keys(filesIn(path))).not.toContain('cdktf.json');
  });
});
