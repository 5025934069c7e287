import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { COMPANIONS } from '../../modules/resources/registry';
import { SOURCES } from '../../triggers/registry';
import { loadedFiles } from './loaded-files';

/** Each file takes a quarter of a millisecond of every start: raise it only for what the example needs. */
const MOST_FILES = 455;

describe('a synthesis of the example', () => {
  let folder: string;
  let own: string[];
  let packages: string[];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'loaded-by-synth-'));
    for (const path of ['batch-jobs.config.ts', 'jobs']) cpSync(resolve(path), join(folder, path), { recursive: true });
    // Compiled, the package loads what it exports when it is used.
    const paths = {
      'cdktf-batch-jobs': [resolve('modules/stack-config/define-config.ts')],
      'cdktf-batch-jobs/job': [resolve('job/index.ts')],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { paths } }));
    const { status, files } = loadedFiles(folder, ['synth']);
    expect(status).toBe(0);
    const below = files.map((file) => relative(resolve('.'), file).split(sep).join('/'));
    own = below.filter((file) => /^(cli|modules|triggers|job|index\.ts)/.test(file));
    packages = below.flatMap(
      (file) => /^node_modules\/((@[^/]+\/)?[^/]+)\/(lib\/[^/]+)?/.exec(file)?.slice(0, 1) ?? [],
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('loads few files of this project', () => {
    expect(own.length).toBeGreaterThan(300);
    expect(own.length).toBeLessThanOrEqual(MOST_FILES);
  });

  it('loads only what describes the events of other sources', () => {
    const others = SOURCES.map(({ type }) => type).filter((type) => type !== 'schedule');
    const parts = /\/(rules|trigger|sample|facts|page)\.ts$/;
    expect(own).toContain('triggers/schedule/trigger.ts');
    expect(own).toContain('triggers/sqs/schema.ts');
    expect(own.filter((file) => others.includes((file.split('/')[1] ?? '') as never) && parts.test(file))).toEqual([]);
  });

  it('loads only what describes companions, which it has none of', () => {
    const types: readonly string[] = COMPANIONS.map(({ type }) => type);
    const loaded = own.filter(
      (file) => file.startsWith('modules/resources/') && types.includes(file.split('/')[2] ?? ''),
    );
    expect(loaded).toContain('modules/resources/bucket/schema.ts');
    expect(loaded.filter((file) => /\/(rules|connection|construct)\.ts$/.test(file))).toEqual([]);
    expect(own).not.toContain('modules/resources/connect.ts');
  });

  it.each([
    ['what explains a problem', /^modules\/config\/(issues|unknown-property|foreign-names)\.ts$/],
    ['changes by overrides', /^modules\/overrides\/(overrides|transform|shaped)\.ts$/],
    ['the dashboard', /^modules\/dashboard\//],
    ['resources of CloudFormation', /^modules\/cloudformation\/cloudformation-resources\.ts$/],
    ['the network of somebody else', /^modules\/network\/(existing-vpc|private-subnets)\.ts$/],
    ['rules of notifications', /^modules\/notifications\/.*-rule\.ts$/],
    ['the other builder of images', /^modules\/container\/builder\/docker-/],
    ['the other packagings', /^modules\/container\/(custom-dockerfile|external-buildpack|dockerfile-stages)\.ts$/],
    ['the buildpacks of other languages', /^modules\/container\/buildpack\/(python|go|java|ruby|php|dotnet)\//],
    ['readers of lockfiles', /^modules\/container\/buildpack\/javascript\/lockfiles\//],
    ['readers of YAML', /^modules\/config\/yaml\.ts$/],
  ])('does not load %s', (_, pattern) => {
    expect(own.filter((file) => pattern.test(file))).toEqual([]);
  });

  it('loads no package that it does not need', () => {
    const names = packages.map((path) => path.replace('node_modules/', ''));
    expect(names.some((name) => name.startsWith('@cdktf/provider-aws/lib/batch-job-definition'))).toBe(true);
    const needless =
      /^(yaml|semver|tinyglobby|picomatch|@aws-sdk)\/|provider-aws\/lib\/(cloudwatch-(metric-alarm|dashboard)|eks-|firehose)/;
    expect([...new Set(names.filter((name) => needless.test(name)))]).toEqual([]);
  });
});
