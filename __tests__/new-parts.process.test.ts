import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');

/** What the steps need of the project. The packages are linked. */
const FOLDERS = ['cli', 'docs', 'job', 'modules', 'scripts', 'triggers'];
const FILES = ['CONTRIBUTING.md', 'index.ts', 'package.json', 'tsconfig.json'];

/** A code block of the recipe: the file that it is about, and its text. */
interface Block {
  readonly file: string;
  readonly text: string;
}

const guide = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
const recipe = (heading: string) => new RegExp(`^## ${heading}\\n([\\s\\S]*?)^## `, 'm').exec(guide)?.[1] ?? '';
const SOURCE = recipe('How to add an event source');
const COMPANION = recipe('How to add a companion resource');

const blocks = (text: string, language: string): Block[] =>
  [...text.matchAll(new RegExp(`^   \`\`\`${language} (\\S+)\\n([\\s\\S]*?)^   \`\`\`$`, 'gm'))].map(
    ([, file = '', content = '']) => ({ file, text: content.replace(/^ {3}/gm, '') }),
  );

const container = { packaging: { type: 'stacktape-image-buildpack', properties: { entryfilePath: 'scan.ts' } } };

const CONFIG = {
  stackName: 'shop',
  region: 'eu-west-1',
  resources: {
    scan: {
      type: 'batch-job',
      properties: {
        container,
        resources: { cpu: 1, memory: 512 },
        events: [{ type: 'image-push', properties: { repositoryName: 'shop/web' } }],
      },
    },
    report: {
      type: 'batch-job',
      properties: { container, resources: { cpu: 1, memory: 512 }, connectTo: ['audit'] },
    },
    audit: { type: 'log-group', properties: { retentionDays: 7 } },
  },
};

const JOB = `import { event } from './job/index';

void event<{ detail: unknown }>().then(({ detail }) => console.log('Scans ' + JSON.stringify(detail)));
`;

describe('a source and a companion that are added by the steps in CONTRIBUTING.md', () => {
  let copy: string;

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'new-parts-'));
    for (const path of [...FOLDERS, ...FILES]) cpSync(join(ROOT, path), join(copy, path), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    for (const { file, text } of blocks(SOURCE + COMPANION, 'ts')) {
      mkdirSync(dirname(join(copy, file)), { recursive: true });
      write(file, text);
    }
    for (const { file, text } of blocks(SOURCE + COMPANION, 'diff')) write(file, withLines(read(file), text));
    write('batch-jobs.config.json', JSON.stringify(CONFIG));
    write('scan.ts', JOB);
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  const read = (file: string) => readFileSync(join(copy, file), 'utf8');
  const write = (file: string, text: string) => writeFileSync(join(copy, file), text);

  /** A file with the added lines of a diff, each after the line of the file above it in the diff. */
  function withLines(text: string, diff: string): string {
    let rest = text;
    let changed = '';
    for (const line of diff.trimEnd().split('\n')) {
      if (line.startsWith('+')) {
        changed += `${line.slice(1)}\n`;
        continue;
      }
      const end = rest.indexOf(`${line.slice(1)}\n`) + line.length;
      if (end < line.length) throw new Error(`The file has no line "${line.slice(1)}"`);
      changed += rest.slice(0, end);
      rest = rest.slice(end);
    }
    return changed + rest;
  }

  function run(...words: readonly string[]): { readonly output: string; readonly status: number | null } {
    const { stdout, stderr, status } = spawnSync(process.execPath, words, {
      cwd: copy,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: copy, TMPDIR: process.env.TMPDIR, NO_COLOR: '1' },
    });
    return { output: stdout + stderr, status };
  }

  const command = (...words: readonly string[]) => run('--import', 'tsx', 'cli/batch-jobs.ts', ...words);

  it.each([
    [SOURCE, 'triggers/image-push', 'triggers/registry.ts'],
    [COMPANION, 'modules/resources/log-group', 'modules/resources/registry.ts'],
  ])('are one folder and an entry in the registry each', (text, folder, registry) => {
    expect(new Set(blocks(text, 'ts').map(({ file }) => dirname(file)))).toEqual(new Set([folder]));
    expect(blocks(text, 'diff').map(({ file }) => file)).toEqual([registry]);
    for (const { file } of [...blocks(text, 'ts'), ...blocks(text, 'diff')]) expect(text).toMatch(`\`${file}\``);
  });

  it('compile', () => {
    const files = ['index.ts', 'cli/local/local-job.ts', 'cli/operate/run-label.ts'];
    write('tsconfig.recipe.json', JSON.stringify({ extends: './tsconfig.json', files, include: [] }));
    expect(run(require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.recipe.json')).toEqual({ output: '', status: 0 });
  });

  it('are synthesized', () => {
    expect(command('synth')).toMatchObject({ status: 0, output: expect.stringContaining('image-push') });
    const { resource } = JSON.parse(read('cdktf.out/stacks/shop/cdk.tf.json'));
    const rules = Object.values<{ event_pattern: string }>(resource.aws_cloudwatch_event_rule);
    expect(rules.map((rule) => JSON.parse(rule.event_pattern))).toContainEqual({
      source: ['aws.ecr'],
      'detail-type': ['ECR Image Action'],
      detail: { 'action-type': ['PUSH'], result: ['SUCCESS'], 'repository-name': ['shop/web'] },
    });
    const groups = Object.values<object>(resource.aws_cloudwatch_log_group);
    expect(groups).toContainEqual(expect.objectContaining({ name: 'shop-audit', retention_in_days: 7 }));
  });

  it('the job that connects to the companion may use it, and finds it', () => {
    const { resource } = JSON.parse(read('cdktf.out/stacks/shop/cdk.tf.json'));
    const definitions = Object.values<{ container_properties: string }>(resource.aws_batch_job_definition);
    const found = definitions.filter(({ container_properties }) => container_properties.includes('STP_AUDIT_ARN'));
    expect(found).toHaveLength(1);
    const policies = JSON.stringify(resource.aws_iam_role_policy ?? resource.aws_iam_role);
    expect(policies).toContain('logs:PutLogEvents');
    expect(policies).toContain('WriteRecords');
  });

  it('the source starts the job on this machine', () => {
    const { output, status } = command('local', 'scan', '--plain', '--event-type', 'image-push');
    expect({ output, status }).toMatchObject({ status: 0, output: expect.stringContaining('sample of image-push') });
    expect(output).toContain('Scans {"action-type":"PUSH","result":"SUCCESS","repository-name":"shop/web"}');
    expect(command('runs', '--local').output).toContain('image-push');
  });

  it('are documented', () => {
    const pages = ['event-image-push', 'resource-log-group'].map((name) => `docs/reference/config/${name}.md`);
    const script = `
      const pages = require('./scripts/docs').generatedPages();
      for (const page of ${JSON.stringify(pages)}) console.log(pages.get(page));
      console.log(JSON.stringify(require('./scripts/schema').bareSchema()));`;
    const { output } = run('--import', 'tsx', '--eval', script);
    expect(output).toContain('Starts the job when an image is pushed to an Amazon ECR repository.');
    expect(output).toMatch(/### `?repositoryName`?\n/);
    expect(output).toContain('"const":"image-push"');
    expect(output).toContain('# Resource: log-group');
    expect(output).toMatch(/### `?retentionDays`?\n/);
    expect(output).toContain('"const":"log-group"');
  });
});
