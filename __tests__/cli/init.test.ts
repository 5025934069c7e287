import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { commandLine } from '../../cli/command-line';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'init-')));
const cwd = process.cwd();
const OWN = JSON.parse(readFileSync('package.json', 'utf8'));

beforeAll(() => {
  Object.assign(process.env, { AWS_CONFIG_FILE: join(root, 'none'), AWS_SHARED_CREDENTIALS_FILE: join(root, 'none') });
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE', 'npm_config_user_agent'])
    delete process.env[name];
});
afterEach(() => process.chdir(cwd));
afterAll(() => rmSync(root, { recursive: true }));

type Files = Readonly<Record<string, string>>;

let folders = 0;

/** A folder with files. */
function folderWith(files: Files = {}): string {
  folders += 1;
  const path = join(root, `${folders}`, 'reports');
  mkdirSync(path, { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), text);
  }
  return path;
}

/** The files of a folder by their paths. */
function filesIn(path: string): Record<string, string> {
  const isFolder = (file: string) => lstatSync(join(path, file)).isDirectory();
  const paths = readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((file) => !isFolder(file))
    .sort();
  return Object.fromEntries(
    paths.map((file) => [
      file,
      existsSync(join(path, file)) ? readFileSync(join(path, file), 'utf8') : 'a link to nothing',
    ]),
  );
}

/** Calls `init` in a folder, where there is no terminal. */
async function init(path: string, ...words: string[]) {
  process.chdir(path);
  const log = jest.spyOn(console, 'log').mockImplementation();
  try {
    const code = await commandLine(['init', ...words]);
    return { code, printed: log.mock.calls.join('\n') };
  } finally {
    log.mockRestore();
  }
}

/** What it says when it writes nothing. */
async function refused(path: string, ...words: string[]): Promise<string> {
  const before = filesIn(root);
  const error = await init(path, ...words).then(
    ({ printed }) => `not refused: ${printed}`,
    (caught: Error) => caught.message,
  );
  expect(filesIn(root)).toEqual(before);
  return error;
}

const TYPESCRIPT_PROJECT = [
  '.gitignore',
  'README.md',
  'batch-jobs.config.ts',
  'cdktf.json',
  'jobs/nightly-report.test.ts',
  'jobs/nightly-report.ts',
  'main.ts',
  'package.json',
  'tsconfig.json',
];

describe('in an empty folder', () => {
  it('it writes a project that is ready', async () => {
    const path = folderWith();
    const { code, printed } = await init(path);
    expect(code).toBe(0);
    const files = filesIn(path);
    expect(Object.keys(files)).toEqual(TYPESCRIPT_PROJECT);
    expect(files['batch-jobs.config.ts']).toContain("stackName: 'reports',");
    expect(JSON.parse(files['package.json'] ?? '')).toEqual({
      name: 'reports',
      version: '0.1.0',
      private: true,
      engines: { node: OWN.engines.node },
      scripts: {
        synth: 'batch-jobs synth',
        local: 'batch-jobs local',
        console: 'batch-jobs console',
        diff: 'batch-jobs diff',
        deploy: 'batch-jobs deploy',
        destroy: 'batch-jobs destroy',
        test: 'node --import tsx --test jobs/*.test.ts',
        typecheck: 'tsc --noEmit',
      },
      dependencies: { ...OWN.peerDependencies, 'cdktf-batch-jobs': `^${OWN.version}` },
      devDependencies: {
        '@types/node': `^${OWN.devDependencies['@types/node']}`,
        tsx: `^${OWN.dependencies.tsx}`,
        typescript: `^${OWN.devDependencies.typescript}`,
      },
    });
    expect(JSON.parse(files['cdktf.json'] ?? '')).toMatchObject({ language: 'typescript', app: 'npx tsx main.ts' });
    expect(files['.gitignore']?.split('\n')).toEqual([
      'node_modules/',
      'cdktf.out/',
      '.terraform/',
      '*.tfstate',
      '*.tfstate.*',
      '.env',
      '__pycache__/',
      '',
    ]);
    expect(printed).toMatch(/^New project in this folder\nThere is no terminal to ask on\. Stack "reports"/);
    expect(printed).toMatch(
      /\nNext {2}npm install +install the packages\n {6}npm run local -- nightlyReport +run the job on this machine$/,
    );
  });

  it('what it prints fits 80 columns', async () => {
    const { printed } = await init(folderWith());
    expect(printed.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('the files of TypeScript are those of the example that npm start runs', async () => {
    const path = folderWith();
    await init(path, '--name', 'batch-jobs-example');
    const files = filesIn(path);
    for (const file of ['main.ts', 'batch-jobs.config.ts', 'jobs/nightly-report.ts', 'jobs/nightly-report.test.ts']) {
      expect(files[file]).toBe(readFileSync(join(cwd, file), 'utf8'));
    }
  });

  it('Python and YAML by options, in short forms too', async () => {
    const path = folderWith();
    const { printed } = await init(path, '--language', 'py', '--config-format', 'yml', '--yes');
    const files = filesIn(path);
    expect(Object.keys(files)).toEqual([
      '.gitignore',
      'README.md',
      'batch-jobs.config.yml',
      'cdktf.json',
      'jobs/batch_job.py',
      'jobs/nightly_report.py',
      'jobs/test_nightly_report.py',
      'main.ts',
      'package.json',
      'tsconfig.json',
    ]);
    expect(files['batch-jobs.config.yml']).toContain('entryfilePath: jobs/nightly_report.py\n');
    expect(JSON.parse(files['package.json'] ?? '').scripts.test).toBe('python3 -m unittest discover jobs');
    expect(printed).not.toContain('no terminal');
  });

  it('a folder that is not there is made, and the first command leads into it', async () => {
    const path = folderWith();
    const { printed } = await init(path, 'My Jobs/Nightly');
    expect(Object.keys(filesIn(path))).toHaveLength(TYPESCRIPT_PROJECT.length);
    expect(printed).toContain('New project in My Jobs/Nightly\n');
    expect(printed).toContain("Next  cd 'My Jobs/Nightly' && npm install");
    expect(JSON.parse(readFileSync(join(path, 'My Jobs/Nightly/package.json'), 'utf8')).name).toBe('nightly');
  });

  it('for programs it says what it wrote in JSON', async () => {
    const path = folderWith();
    const { printed } = await init(path, '--json');
    expect(JSON.parse(printed)).toEqual({
      folder: path,
      written: expect.arrayContaining(TYPESCRIPT_PROJECT),
      kept: [],
      keptScripts: [],
      next: ['npm install', 'npm run local -- nightlyReport'],
    });
  });
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

describe('package.json', () => {
  const OTHER = {
    name: 'mine',
    scripts: { test: 'mocha', synth: 'cdktf synth' },
    files: ['a', 'b'],
    dependencies: { cdktf: '0.21.0', zod: '3.25.0' },
    devDependencies: { typescript: '5.4.5' },
  };

  it('gets the scripts and packages that it lacks, and keeps the others', async () => {
    const path = folderWith({ 'package.json': JSON.stringify(OTHER, undefined, 4) });
    const { printed } = await init(path);
    const { scripts, dependencies, devDependencies, ...others } = JSON.parse(
      readFileSync(join(path, 'package.json'), 'utf8'),
    );
    expect(others).toEqual({ name: 'mine', files: ['a', 'b'] });
    expect(scripts).toMatchObject({ ...OTHER.scripts, local: 'batch-jobs local', typecheck: 'tsc --noEmit' });
    expect(Object.keys(dependencies)).toEqual([
      '@cdktf/provider-archive',
      '@cdktf/provider-aws',
      'cdktf',
      'cdktf-batch-jobs',
      'constructs',
      'zod',
    ]);
    expect(dependencies).toMatchObject(OTHER.dependencies);
    expect(devDependencies).toMatchObject(OTHER.devDependencies);
    expect(printed).toContain('Kept     in package.json: scripts synth, test\n');
  });

  it('a script of the same name that does something else is not named as the next command', async () => {
    const scripts = { local: 'docker compose up' };
    const path = folderWith({ 'package.json': JSON.stringify({ name: 'mine', scripts }) });
    expect((await init(path)).printed).toContain('npx batch-jobs local nightlyReport');
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
    expect(printed).toContain(
      [
        'Add to main.ts:',
        '',
        "  import { BatchJobsStack } from 'cdktf-batch-jobs';",
        "  import config from './batch-jobs.config';",
        '',
        '  new BatchJobsStack(app, config); // Before app.synth().',
        '',
      ].join('\n'),
    );
  });

  it('a package manager is spoken to in its own words', async () => {
    const path = folderWith({ ...CDKTF, 'pnpm-lock.yaml': '' });
    expect((await init(path)).printed).toMatch(/Next {2}pnpm install .*\n {6}pnpm run local nightlyReport /);
  });
});

describe('nothing is written', () => {
  it('if the folder is a file, or below one', async () => {
    const path = folderWith({ file: '' });
    expect(await refused(path, 'file')).toBe(
      `${join(path, 'file')} is a file, not a folder. Choose another folder. Nothing was written.`,
    );
    expect(await refused(path, 'file/below')).toMatch(/file is a file, not a folder\./);
  });

  it('if a folder would have to be where a file is', async () => {
    const path = folderWith({ jobs: '' });
    expect(await refused(path)).toBe(
      `${join(path, 'jobs')} is a file, not a folder. Choose another folder. Nothing was written.`,
    );
  });

  it.each(['package.json', 'cdktf.json', '.gitignore'])('if %s is a folder', async (name) => {
    expect(await refused(folderWith({ [`${name}/file`]: '' }))).toMatch(
      new RegExp(`${name.replace('.', '\\.')} is not a file\\. Choose another folder\\. Nothing was written\\.$`),
    );
  });

  it.each([
    [['--name', '1st'], /"1st" is not a stack name\./],
    [['--language', 'ruby'], /"ruby" .*Accepted: typescript, python\./],
    [['--config-format', 'json'], /"json" .*Accepted: typescript, yaml\./],
    [['one', 'two'], /too many arguments/i],
    [['--nam', 'x'], /Did you mean --name\?/],
  ])('if %j is not understood', async (words, expected) => {
    expect(await refused(folderWith(), ...words)).toMatch(expected);
  });

  it('in this package itself, whose config is the example', async () => {
    const path = folderWith({ 'package.json': '{ "name": "cdktf-batch-jobs" }' });
    expect(await refused(path)).toMatch(/^This folder is cdktf-batch-jobs itself/);
  });

  // The superuser may write everywhere.
  (process.getuid?.() === 0 ? it.skip : it)('if the folder cannot be written to', async () => {
    const path = folderWith();
    chmodSync(path, 0o555);
    expect(await refused(path)).toMatch(/cannot be written to: you have no permission to\./);
  });
});
