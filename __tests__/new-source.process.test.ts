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
const recipe = /^## How to add an event source\n([\s\S]*?)^## /m.exec(guide)?.[1] ?? '';
const blocks = (language: string): Block[] =>
  [...recipe.matchAll(new RegExp(`^   \`\`\`${language} (\\S+)\\n([\\s\\S]*?)^   \`\`\`$`, 'gm'))].map(
    ([, file = '', text = '']) => ({ file, text: text.replace(/^ {3}/gm, '') }),
  );

const CONFIG = {
  stackName: 'shop',
  region: 'eu-west-1',
  resources: {
    scan: {
      type: 'batch-job',
      properties: {
        container: {
          packaging: { type: 'stacktape-image-buildpack', properties: { entryfilePath: 'scan.ts' } },
        },
        resources: { cpu: 1, memory: 512 },
        events: [{ type: 'image-push', properties: { repositoryName: 'shop/web' } }],
      },
    },
  },
};

const JOB = `import { event } from './job/index';

void event<{ detail: unknown }>().then(({ detail }) => console.log('Scans ' + JSON.stringify(detail)));
`;

describe('a source that is added by the steps in CONTRIBUTING.md', () => {
  let copy: string;

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'new-source-'));
    for (const path of [...FOLDERS, ...FILES]) cpSync(join(ROOT, path), join(copy, path), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    for (const { file, text } of blocks('ts')) {
      mkdirSync(dirname(join(copy, file)), { recursive: true });
      write(file, text);
    }
    for (const { file, text } of blocks('diff')) write(file, withLines(read(file), text));
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

  it('is one folder, and an entry in the registry', () => {
    expect(new Set(blocks('ts').map(({ file }) => dirname(file)))).toEqual(new Set(['triggers/image-push']));
    expect(blocks('diff').map(({ file }) => file)).toEqual(['triggers/registry.ts']);
    for (const { file } of [...blocks('ts'), ...blocks('diff')]) expect(recipe).toMatch(`\`${file}\``);
  });

  it('compiles', () => {
    const files = ['index.ts', 'cli/local/local-job.ts', 'cli/operate/run-label.ts'];
    write('tsconfig.recipe.json', JSON.stringify({ extends: './tsconfig.json', files, include: [] }));
    expect(run(require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.recipe.json')).toEqual({ output: '', status: 0 });
  });

  it('is synthesized', () => {
    expect(command('synth')).toMatchObject({ status: 0, output: expect.stringContaining('image-push') });
    const { resource } = JSON.parse(read('cdktf.out/stacks/shop/cdk.tf.json'));
    const rules = Object.values<{ event_pattern: string }>(resource.aws_cloudwatch_event_rule);
    expect(rules.map((rule) => JSON.parse(rule.event_pattern))).toContainEqual({
      source: ['aws.ecr'],
      'detail-type': ['ECR Image Action'],
      detail: { 'action-type': ['PUSH'], result: ['SUCCESS'], 'repository-name': ['shop/web'] },
    });
  });

  it('starts the job on this machine', () => {
    const { output, status } = command('local', 'scan', '--plain', '--event-type', 'image-push');
    expect({ output, status }).toMatchObject({ status: 0, output: expect.stringContaining('sample of image-push') });
    expect(output).toContain('Scans {"action-type":"PUSH","result":"SUCCESS","repository-name":"shop/web"}');
    expect(command('runs', '--local').output).toContain('image-push');
  });

  it('is documented', () => {
    const page = 'docs/reference/config/event-image-push.md';
    const script = `
      console.log(require('./scripts/docs').generatedPages().get('${page}'));
      console.log(JSON.stringify(require('./scripts/schema').bareSchema()));`;
    const { output } = run('--import', 'tsx', '--eval', script);
    expect(output).toContain('Starts the job when an image is pushed to an Amazon ECR repository.');
    expect(output).toMatch(/### `?repositoryName`?\n/);
    expect(output).toContain('"const":"image-push"');
  });
});
