import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import { transformSync } from 'esbuild';
import ts from 'typescript';
import { parse } from '../modules/config/parse';
import { readYaml } from '../modules/config/yaml';
import { loadConfig } from '../modules/load';
import { BatchJobsStack } from '../modules/stack';
import { batchJobsConfig } from '../modules/stack-config/config';
import { type Block, blocksOf, DOCS, PAGES, ROOT, read } from './docs-pages';

const BLOCKS = PAGES.flatMap(blocksOf);

/** The kind of a block of TypeScript, by its first line. */
type Kind = 'config' | 'program' | 'job' | 'stack' | 'construct' | 'code';

function inLanguage(language: string): [place: string, block: Block][] {
  return BLOCKS.filter((block) => block.language === language).map((block) => [`${block.page}:${block.line}`, block]);
}

function blockAfter(page: string, text: string, language: string): string {
  const line = read(page).slice(0, read(page).indexOf(text)).split('\n').length;
  const block = BLOCKS.find(
    (candidate) => candidate.page === page && candidate.language === language && candidate.line > line,
  );
  if (block === undefined) throw new Error(`${page} has no block of ${language} after "${text}"`);
  return block.code;
}

function kindOf({ page, line, code }: Block): Kind {
  if (code.startsWith('// Properties of a job\n')) return 'job';
  if (code.startsWith('// Properties of the stack\n')) return 'stack';
  if (code.startsWith('// In a TerraformStack with the bucket "reports"\n')) return 'construct';
  if (code.includes('export default defineConfig(')) return 'config';
  if (code.includes('app.synth();')) return 'program';
  if (code.includes("from 'cdktf-batch-jobs/job';")) return 'code';
  throw new Error(
    `${page}:${line} is neither a whole config (export default defineConfig), nor a program (app.synth()), ` +
      "nor code of a job (from 'cdktf-batch-jobs/job'), " +
      'nor does it begin with "// Properties of a job", "// Properties of the stack" or "// In a TerraformStack ..."',
  );
}

/** The block as a module: a fragment becomes a constant of the type that it belongs to, which knows all its keys. */
function moduleOf(block: Block): string {
  switch (kindOf(block)) {
    case 'job':
      return `import type { BatchJobProps } from './modules/stack-config/batch-job';\nexport const fragment: Partial<BatchJobProps> = {\n${block.code}};`;
    case 'stack':
      return `import type { BatchJobsConfig } from './modules/stack-config/config';\nexport const fragment: Partial<BatchJobsConfig> = {\n${block.code}};`;
    case 'construct':
      return IN_A_STACK.replace('// code', block.code);
    default:
      return block.code;
  }
}

const IN_A_STACK = `import { ArchiveProvider } from '@cdktf/provider-archive/lib/provider';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { BatchJob } from 'cdktf-batch-jobs';
import { App, TerraformStack } from 'cdktf';

class Reports extends TerraformStack {
  constructor(app: App) {
    super(app, 'reports');
    new AwsProvider(this, 'aws', { region: 'eu-west-1' });
    new ArchiveProvider(this, 'archive');
    const reports = new S3Bucket(this, 'reports', {});
// code
  }
}

const app = new App();
new Reports(app);
app.synth();
`;

/** Runs a module as it would run in the project's own folder, and gives back what it exports. */
function run(code: string): { default?: unknown; fragment?: object } {
  const { code: commonJs } = transformSync(code, { loader: 'ts', format: 'cjs' });
  const module = { exports: {} };
  const requireFromRoot = (id: string) => require(id.startsWith('.') ? join(ROOT, id) : id);
  new Function('module', 'exports', 'require', commonJs)(module, module.exports, requireFromRoot);
  return module.exports;
}

const JOB = {
  container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
  resources: { cpu: 1, memory: 512 },
};

/** What properties of a job on the pages name. */
const NAMED = {
  alerts: { type: 'sns-topic' },
  oncall: { type: 'sns-topic' },
  operations: { type: 'event-bus' },
  load: { type: 'batch-job', properties: JOB },
};

function withJob(properties: object): object {
  const job = { type: 'batch-job', properties: { ...JOB, ...properties } };
  return { stackName: 'docs', resources: { ...NAMED, job } };
}

function synthesize(config: unknown): string {
  return Testing.synth(new BatchJobsStack(Testing.app(), parse(batchJobsConfig, config, 'docs')), true);
}

async function exampleStack(): Promise<BatchJobsStack> {
  const { config } = await loadConfig(join(ROOT, 'batch-jobs.config.ts'));
  return new BatchJobsStack(Testing.app(), config);
}

describe('examples', () => {
  test.each(inLanguage('ts'))('%s is a config or a program that synthesizes', (_place, block) => {
    const kind = kindOf(block);
    if (kind === 'program' || kind === 'construct') return runProgram(moduleOf(block));
    // Code of jobs reads events and waits for signals: __tests__/job runs it.
    if (kind === 'code') return;
    const exported = run(moduleOf(block));
    if (kind === 'job') expect(synthesize(withJob(exported.fragment ?? {}))).toContain('aws_batch_job_definition');
    else if (kind === 'stack') expect(synthesize({ ...withJob({}), ...exported.fragment })).toContain('"terraform"');
    else expect(synthesize(exported.default)).toContain('aws_batch_job_definition');
  });

  function runProgram(code: string): void {
    const outdir = mkdtempSync(join(tmpdir(), 'docs-'));
    process.env.CDKTF_OUTDIR = outdir;
    try {
      run(code);
      const manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'));
      for (const { synthesizedStackPath } of Object.values<{ synthesizedStackPath: string }>(manifest.stacks)) {
        expect(readFileSync(join(outdir, synthesizedStackPath), 'utf8')).toContain('aws_batch_job_definition');
      }
    } finally {
      delete process.env.CDKTF_OUTDIR;
      rmSync(outdir, { recursive: true });
    }
  }

  test('all TypeScript passes the compiler, with the types that an editor shows', () => {
    const sources = new Map(
      inLanguage('ts').map(([place, block]) => [join(ROOT, `${place.replace(/\W/g, '-')}.ts`), moduleOf(block)]),
    );
    const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
    const host = ts.createCompilerHost(options);
    const { readFile, fileExists } = host;
    host.readFile = (file) => sources.get(file) ?? readFile(file);
    host.fileExists = (file) => sources.has(file) || fileExists(file);
    const program = ts.createProgram([...sources.keys()], { ...options, noUnusedLocals: false }, host);
    const messages = [...sources.keys()].flatMap((file) => {
      const source = program.getSourceFile(file);
      const diagnostics = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
      return diagnostics.map(({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
    });
    expect(messages).toEqual([]);
  });

  test.each(inLanguage('js'))('%s is JavaScript', (_place, { code }) => {
    expect(() => transformSync(code, { loader: 'js' })).not.toThrow();
  });

  test.each(inLanguage('json'))('%s is JSON, and a config where it looks like one', (_place, { code, page }) => {
    const value = JSON.parse(code);
    // That page shows a config with mistakes; its report is tested below.
    if ('stackName' in value && page !== 'docs/reference/errors.md') {
      expect(synthesize(value)).toContain('aws_batch_job_definition');
    }
  });

  test.each(inLanguage('yaml'))('%s is YAML, and a config where it looks like one', (_place, { code }) => {
    const { value } = readYaml(code, 'docs');
    if (typeof value !== 'object' || value === null || !('resources' in value)) return;
    // Custom directives run when a file is loaded. No page uses those that it declares.
    expect(synthesize({ stackName: 'docs', ...value })).toContain('aws_batch_job_definition');
  });

  test.each(inLanguage('sh'))('%s runs scripts that package.json has', (_place, { code }) => expectScripts(code));
});

describe('what the commands print', () => {});

describe('what the pages claim', () => {
  test('help and the pages name scripts that package.json has', () => {
    for (const page of ['help', ...PAGES]) expectScripts(read(page));
  });

  test('help names every script', () => {
    const help = read('help');
    // npm runs that one by itself.
    const names = Object.keys(scripts()).filter((name) => name !== 'prepack');
    const missing = names.filter((name) => !new RegExp(`npm (run )?${name}(?![\\w:-])`).test(help));
    expect(missing).toEqual([]);
  });

  test('help is framed and no line is wider than its frame', () => {
    const lines = read('help').trimEnd().split('\n');
    const [frame = ''] = lines;
    expect(frame).toMatch(/^=+$/);
    expect(lines.at(-1)).toBe(frame);
    expect(lines.filter((line) => line.length > frame.length || /\s$/.test(line))).toEqual([]);
  });

  test('.ci/run runs the second command of the README as it stands there', () => {
    const command = blockAfter('README.md', 'the second command', 'sh').trim();
    expect(
      read('.ci/run')
        .split('\n')
        .map((line) => line.trim()),
    ).toContain(`README_TEST='${command}'`);
    expect(statSync(join(ROOT, '.ci/run')).mode & 0o111).toBe(0o111);
  });

  test('each kind of resource of the example, and each permission, is on some page that a person wrote', async () => {
    const synthesized = Testing.synth(await exampleStack());
    const pages = DOCS.filter((page) => !page.startsWith('docs/reference/permissions/'))
      .map(read)
      .join('\n');
    const document: { resource: Record<string, Record<string, { policy?: string }>> } = JSON.parse(synthesized);
    const policies = ['aws_iam_role_policy', 'aws_sqs_queue'].flatMap((type) =>
      Object.values(document.resource[type] ?? {}).map(({ policy = '' }) => JSON.parse(policy)),
    );
    const statements: { Sid: string; Action: string | string[] }[] = policies.flatMap(({ Statement }) => Statement);
    const names = new Set([
      ...Object.keys(document.resource),
      ...statements.flatMap(({ Sid, Action }) => [Sid, Action].flat()),
    ]);
    expect(names.size).toBeGreaterThan(50);
    expect([...names].filter((name) => !pages.includes(`\`${name}\``))).toEqual([]);
  });
});

function scripts(): Record<string, string> {
  return JSON.parse(read('package.json')).scripts;
}

function expectScripts(text: string): void {
  const named = [...text.matchAll(/npm run (\w[\w:-]*\w)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !(name in scripts()))).toEqual([]);
}
