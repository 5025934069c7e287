import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LIMITS, PROGRAMS } from '../../../scripts/build';
import { packageProblems } from '../../../scripts/check-package';
import { consolePage } from './console-page';
import { execute } from './execute';
import { type Dependencies, Project, type Stack } from './project';
import { tarball } from './tarball';

// The real package, installed by npm into folders of people who use it in each of the ways that there are.

const FILES = join(__dirname, 'consumer');

/** TypeScript is not the newest: ts-jest takes none above 6. */
const TOOLS = {
  typescript: '5.9.3',
  '@types/node': '20.19.25',
  jest: '29.7.0',
  '@types/jest': '29.5.14',
  'ts-jest': '29.4.5',
  'ts-node': '10.9.2',
  tsx: '4.20.6',
};

const NEWEST = {
  cdktf: '^0.21.0',
  constructs: '^10.8.1',
  '@cdktf/provider-aws': '^21.22.1',
  '@cdktf/provider-archive': '^11.0.1',
};

/** The oldest of what the package says it works with. */
const OLDEST = {
  cdktf: '0.21.0',
  constructs: '10.4.2',
  '@cdktf/provider-aws': '21.22.1',
  '@cdktf/provider-archive': '11.0.0',
};

const STRICT = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  allowUnreachableCode: false,
  allowUnusedLabels: false,
  useUnknownInCatchVariables: true,
  isolatedModules: true,
  verbatimModuleSyntax: false,
};

let folder: string;
let file: string;
/** A project with all that the newest of everything gives. */
let base: Project;

function place(name: string): string {
  return join(folder, name);
}

async function withPackage(name: string, dependencies: Dependencies): Promise<Project> {
  return Project.install(place(name), { 'cdktf-batch-jobs': `file:${file}`, ...dependencies });
}

/** What a consumer's program writes, wherever it runs. */
function expectStacks({ reports, theirs }: { readonly [name: string]: Stack }): void {
  expect(Object.values(reports?.resource.aws_sqs_queue ?? {}).map(({ name }) => name)).toContain('reports-inbox');
  expect(Object.values(reports?.resource.aws_batch_job_definition ?? {})).toHaveLength(1);
  expect(Object.values(theirs?.resource.aws_batch_job_definition ?? {}).map(({ name }) => name)).toEqual([
    'theirs-nightly',
  ]);
  expect(Object.keys(theirs?.resource.aws_cloudwatch_event_rule ?? {})).toHaveLength(2);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'consumers-'));
  file = await tarball();
  base = await withPackage('base', { ...NEWEST, ...TOOLS });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', () => {
  it('has compiled code and declarations, and no tests or source maps', async () => {
    const list = (await execute('tar', ['--list', '--file', file], { cwd: folder })).stdout.split('\n');
    for (const path of ['index.js', 'index.d.ts', 'job/index.js', 'triggers/index.d.ts']) {
      expect(list).toContain(`package/dist/${path}`);
    }
    expect(list.filter((path) => path.endsWith('.map'))).toEqual([]);
    // The test of the example's job is copied by `init`.
    const tests = list.filter((path) => /__tests__|\.test\.|fixtures|\/scripts\//.test(path));
    expect(tests.filter((path) => !/^package\/dist\/(jobs|cli\/init\/templates)\//.test(path))).toEqual([]);
    expect(list.filter((path) => !path.startsWith('package/dist/')).sort()).toEqual([
      '',
      'package/CHANGELOG.md',
      'package/LICENSE',
      'package/README.md',
      'package/batch-jobs.schema.json',
      'package/package.json',
    ]);
  });

  it('is within the limits of its size, so npm pack passes', async () => {
    const { stdout } = await execute('npm', ['pack', '--dry-run', '--json', file], { cwd: folder });
    const [{ size, unpackedSize }] = JSON.parse(stdout);
    expect(size).toBeLessThan(LIMITS.packed);
    expect(unpackedSize).toBeLessThan(LIMITS.unpacked);
  });

  it('can be imported in every way, and published without a complaint', async () => {
    expect(packageProblems(file)).toEqual([]);
    const { stderr } = await execute('npm', ['publish', '--dry-run', file], { cwd: folder });
    const complaints = stderr.split('\n').filter((line) => /^npm (warn|error)/i.test(line));
    // Nobody is logged in here.
    expect(complaints.filter((line) => !line.includes('requires you to be logged in'))).toEqual([]);
  });

  it('has the functions that run at AWS as they are bundled from source', () => {
    for (const program of PROGRAMS) {
      expect(base.read(`node_modules/cdktf-batch-jobs/dist/programs/${program.name}.js`)).toBe(program.text());
    }
  });

  it('is the only one with cdktf, constructs and the providers: they are the consumer’s', () => {
    const { dependencies, peerDependencies } = JSON.parse(base.read('node_modules/cdktf-batch-jobs/package.json'));
    expect(Object.keys(peerDependencies).sort()).toEqual(Object.keys(NEWEST).sort());
    expect(Object.keys(dependencies).filter((name) => name in peerDependencies)).toEqual([]);
  });

  it('gives editors the schema of config files', async () => {
    const text = await base.run('node', '--print', 'require("cdktf-batch-jobs/schema.json").title');
    expect(text.trim()).toBe('Config of a stack of batch jobs');
  });

  it('loads what an export needs when it is first used', async () => {
    const code = 'require("cdktf-batch-jobs").defineConfig; Object.keys(require.cache).length';
    expect(Number(await base.run('node', '--print', code))).toBeLessThan(5);
  });
});

describe('the TypeScript template of CDKTF', () => {
  let project: Project;

  beforeAll(async () => {
    project = await base.copy(place('template'));
    const packed = await execute('npm', ['pack', '--silent', '@cdktf/cli-core@0.21.0'], { cwd: folder });
    await execute('tar', ['--extract', '--file', packed.stdout.trim()], { cwd: folder });
    // Its package.json is a form with blanks; all the rest is taken as it is.
    rmSync(join(folder, 'package/templates/typescript/package.json'));
    project.add(join(folder, 'package/templates/typescript')).add(FILES);
    const [, code = ''] = /^```typescript\n([\s\S]*?)^```$/m.exec(page('docs/cdktf/construct.md')) ?? [];
    project.write('__tests__/page-test.ts', code);
  });

  it('synthesizes with ts-node, and reads a config in TypeScript', async () => {
    await expect(project.run('ts-node', 'main.ts')).resolves.toBe('function,function\n');
    expectStacks(project.stacks());
  });

  it('tests with ts-jest and the matchers of CDKTF', async () => {
    const report = JSON.parse(await project.run('jest', '--json'));
    // Ours and the page's.
    expect(report).toMatchObject({ success: true, numPassedTests: 5 });
  });
});

describe('compiled with tsc', () => {
  let project: Project;

  beforeAll(async () => {
    project = (await base.copy(place('compiled'))).add(FILES);
    rmSync(join(project.folder, '__tests__'), { recursive: true });
  });

  it('passes every strict flag, declarations of packages included, without types of Node.js', async () => {
    // Declarations of zod take esModuleInterop for granted.
    const lib = { skipLibCheck: false, esModuleInterop: true };
    const compilerOptions = { ...STRICT, ...lib, types: [], target: 'ES2022', module: 'CommonJS' };
    project.write('tsconfig.json', { compilerOptions: { ...compilerOptions, outDir: 'out' }, include: ['*.ts'] });
    await expect(project.run('tsc')).resolves.toBe('');
  });

  it('runs on plain Node.js, and reads a config in TypeScript', async () => {
    await expect(project.run('node', 'out/main.js')).resolves.toBe('function,function\n');
    expectStacks(project.stacks());
  });

  it('is driven by the command, in a process that knows no TypeScript', async () => {
    const env = { BATCH_JOBS_CONFIG: 'batch-jobs.config.ts', CDKTF_OUTDIR: 'by-command' };
    await expect(project.runWith(env, 'batch-jobs', 'synth')).resolves.toContain('Stack reports');
    expect(project.stacks('by-command').reports).toEqual(project.stacks().reports);
  });

  it('serves the console, whose page was bundled before', async () => {
    const page = await consolePage(project, { BATCH_JOBS_CONFIG: 'reports.yml' });
    expect(page.html).toContain('src="/assets/page.js"');
    expect(page.program).toMatch(/^\/\*! Contains Preact/);
    expect(page.stack).toMatchObject({ problems: [], picture: { stackName: 'reports' } });
  });

  it('bundles nothing and loads no compiler for a config in YAML', async () => {
    const env = { BATCH_JOBS_CONFIG: 'reports.yml', CDKTF_OUTDIR: 'from-yaml' };
    await project.runWith(env, 'node', '--require', join(__dirname, 'no-esbuild.cjs'), 'out/main.js');
    expect(project.stacks('from-yaml')).toEqual(project.stacks());
  });

  it.each([
    ['none', undefined],
    ['one that extends a package that is not there', '{ "extends": "@tsconfig/none/tsconfig.json" }'],
    ['one that is no JSON', '{ "compilerOptions": '],
    ['one for a browser', '{ "compilerOptions": { "target": "ES5", "module": "AMD", "jsx": "preserve" } }'],
    [
      'one for a bundler',
      '{ "compilerOptions": { "module": "preserve", "verbatimModuleSyntax": true, "paths": { "*": ["./none/*"] } } }',
    ],
  ])('reads a config in TypeScript with any tsconfig.json: %s', async (_, text) => {
    rmSync(join(project.folder, 'tsconfig.json'), { force: true });
    if (text !== undefined) project.write('tsconfig.json', text);
    project.write('job-size.ts', 'export const cpu: number = 2;');
    // What only a compiler knows: Node.js by itself takes neither an enum nor an import without a file's ending.
    const code = project.read('batch-jobs.config.ts').replace('cpu: 1', 'cpu: cpu * Size.Small');
    const more = "import { cpu } from './job-size';\nenum Size { Small = 1 }\n";
    for (const config of ['compiled.config.ts', 'compiled.config.mts']) {
      project.write(config, `${more}${code}`);
      const program = `require('cdktf-batch-jobs').loadConfig('${config}').then(({ config }) => console.log(config.stackName))`;
      await expect(project.run('node', '--eval', program)).resolves.toBe('reports\n');
    }
  });
});

describe('an ES module', () => {
  let project: Project;

  beforeAll(async () => {
    project = (await base.copy(place('module'), { type: 'module' })).add(FILES);
    rmSync(join(project.folder, '__tests__'), { recursive: true });
  });

  it.each(['node16', 'nodenext', 'bundler'])('passes the compiler: moduleResolution %s', async (moduleResolution) => {
    const module = moduleResolution === 'bundler' ? 'ES2022' : moduleResolution;
    const compilerOptions = { strict: true, target: 'ES2022', module, moduleResolution, outDir: 'out', types: [] };
    project.write('tsconfig.json', { compilerOptions: { ...compilerOptions, skipLibCheck: true }, include: ['*.ts'] });
    await expect(project.run('tsc')).resolves.toBe('');
  });

  it('runs, and reads a config in TypeScript that is an ES module, too', async () => {
    await expect(project.run('node', 'out/main.js')).resolves.toBe('function,function\n');
    expectStacks(project.stacks());
  });

  it('runs with tsx', async () => {
    await expect(project.runWith({ CDKTF_OUTDIR: 'tsx' }, 'tsx', 'main.ts')).resolves.toBe('function,function\n');
    expect(project.stacks('tsx')).toEqual(project.stacks());
  });
});

it('runs with tsx in a CommonJS project', async () => {
  const project = (await base.copy(place('tsx'))).add(FILES);
  await expect(project.run('tsx', 'main.ts')).resolves.toBe('function,function\n');
  expectStacks(project.stacks());
});

it('works with the oldest versions that it names', async () => {
  const project = (await withPackage('oldest', { ...OLDEST, typescript: TOOLS.typescript })).add(FILES);
  const compilerOptions = { ...STRICT, types: [], target: 'ES2022', module: 'CommonJS', outDir: 'out' };
  project.write('tsconfig.json', { compilerOptions: { ...compilerOptions, skipLibCheck: true }, include: ['*.ts'] });
  await expect(project.run('tsc')).resolves.toBe('');
  await expect(project.run('node', 'out/main.js')).resolves.toBe('function,function\n');
  expectStacks(project.stacks());
});

it('works next to an older zod of the project', async () => {
  const project = (await base.copy(place('zod'))).add(FILES);
  await project.run('npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error', 'zod@3.24.4');
  expect(JSON.parse(project.read('node_modules/zod/package.json')).version).toBe('3.24.4');
  project.write('their-schema.ts', 'import { z } from "zod";\nexport const name: string = z.string().parse("x");\n');
  rmSync(join(project.folder, '__tests__'), { recursive: true });
  const compilerOptions = { strict: true, types: [], target: 'ES2022', module: 'CommonJS', outDir: 'out' };
  project.write('tsconfig.json', { compilerOptions: { ...compilerOptions, skipLibCheck: true }, include: ['*.ts'] });
  await expect(project.run('tsc')).resolves.toBe('');
  await expect(project.run('node', 'out/main.js')).resolves.toBe('function,function\n');
  expectStacks(project.stacks());
});

describe('CDK Terrain in the place of CDKTF', () => {
  /** The two blocks of JSON of the page about it: what package.json has, and what differs in what is synthesized. */
  const [setUp = {}, differs = {}] = [...page('docs/cdktf/cdktn.md').matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(
    ([, json = '']) => JSON.parse(json),
  );
  let project: Project;

  beforeAll(async () => {
    const dependencies = { ...setUp.dependencies, 'cdktf-batch-jobs': `file:${file}`, typescript: TOOLS.typescript };
    const { overrides } = setUp;
    project = (await Project.install(place('cdktn'), dependencies, { overrides })).add(FILES);
    rmSync(join(project.folder, '__tests__'), { recursive: true });
  });

  it('is all that is installed', () => {
    expect(JSON.parse(project.read('node_modules/cdktf/package.json'))).toMatchObject({ name: 'cdktn' });
  });

  it('passes the compiler, and runs', async () => {
    const compilerOptions = { ...STRICT, types: [], target: 'ES2022', module: 'CommonJS', outDir: 'out' };
    project.write('tsconfig.json', { compilerOptions: { ...compilerOptions, skipLibCheck: true }, include: ['*.ts'] });
    await expect(project.run('tsc')).resolves.toBe('');
    await expect(project.run('node', 'out/main.js')).resolves.toBe('function,function\n');
  });

  it('synthesizes the same, except for what the page says', async () => {
    const other = (await base.copy(place('cdktf'))).add(FILES);
    await other.run('tsx', 'main.ts');
    const [here, there] = [project.stacks(), other.stacks()];
    for (const name of ['reports', 'theirs']) {
      const [cdktn, cdktf] = [structuredClone(here[name]), structuredClone(there[name])] as [Terraform, Terraform];
      expect(cdktn['//'].metadata).toMatchObject(differs['//'].metadata);
      cdktn['//'].metadata.version = cdktf['//'].metadata.version;
      // The state of a stack that names no backend is in the project's folder.
      if (name === 'theirs') cdktn.terraform.backend = cdktf.terraform.backend;
      expect(cdktn).toEqual(cdktf);
    }
  });
});

interface Terraform extends Stack {
  readonly '//': { readonly metadata: { version: string } };
  readonly terraform: { backend: unknown };
}

function page(path: string): string {
  return readFileSync(join(__dirname, '../../..', path), 'utf8');
}
