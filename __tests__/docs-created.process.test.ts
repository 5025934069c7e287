import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import { transformSync } from 'esbuild';
import { parse } from '../modules/config/parse';
import { BatchJobsStack } from '../modules/stack';
import { batchJobsConfig } from '../modules/stack-config/config';
import { CONFIGS } from '../scripts/permissions/configs';

const ROOT = join(__dirname, '..');
const JOB = {
  container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } },
  resources: { cpu: 1, memory: 512 },
};

interface Resource {
  readonly type: string;
  readonly properties?: object;
}

interface Config {
  readonly stackName: string;
  readonly resources: { readonly [name: string]: Resource };
}

function pagesOf(folder: string, left: readonly string[] = []): [page: string, type: string][] {
  return readdirSync(join(ROOT, folder))
    .map((file) => file.replace(/\.md$/, ''))
    .filter((type) => !left.includes(type))
    .map((type) => [join(folder, `${type}.md`), type]);
}

function read(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8');
}

/** The first TypeScript of the page, as a config with a job. */
function example(page: string): Config {
  const [, code = ''] = /^```ts\n([\s\S]*?)^```$/m.exec(read(page)) ?? [];
  const isConfig = code.includes('export default');
  const { code: commonJs } = transformSync(isConfig ? code : `export default {${code}}`, {
    loader: 'ts',
    format: 'cjs',
  });
  const module = { exports: { default: {} as Partial<Config> } };
  const packageOfOurs = { defineConfig: (config: unknown) => config };
  new Function('module', 'exports', 'require', commonJs)(module, module.exports, () => packageOfOurs);
  const given = module.exports.default;
  const job = { type: 'batch-job', properties: code.startsWith('// Properties of a job') ? { ...JOB, ...given } : JOB };
  const resources = code.startsWith('// Properties of a job') ? { job } : { job, ...given.resources };
  // A page of the source batch-job names the job whose runs it listens to.
  const [, other] = /jobName: '(\w+)'/.exec(code) ?? [];
  const all = other === undefined ? resources : { ...resources, [other]: { type: 'batch-job', properties: JOB } };
  return { stackName: 'docs', ...(isConfig ? given : {}), resources: all };
}

/** What is synthesized, by its addresses without hashes. */
function addresses(config: Config): Set<string> {
  const stack = new BatchJobsStack(Testing.app(), parse(batchJobsConfig, config, 'docs'), { baseDir: ROOT });
  const { resource }: { resource: { [type: string]: object } } = JSON.parse(Testing.synth(stack));
  return new Set(
    Object.entries(resource).flatMap(([type, blocks]) => Object.keys(blocks).map((id) => `${type}.${id}`)),
  );
}

function withoutEvents(config: Config): Config {
  const resources = Object.entries(config.resources).map(([name, resource]) => [
    name,
    resource.type === 'batch-job' ? { ...resource, properties: { ...resource.properties, events: [] } } : resource,
  ]);
  return { ...config, resources: Object.fromEntries(resources) };
}

/** The types that the page's last section but the links lists. */
function listed(page: string): Set<string> {
  const [, section = ''] = read(page).split('## What it creates\n');
  return new Set([...section.matchAll(/\*\*`(aws_\w+)`\*\*/g)].map(([, type = '']) => type));
}

function types(addresses: readonly string[]): string[] {
  return [...new Set(addresses.map((address) => address.replace(/\..*/, '')))].sort();
}

test.each(pagesOf('docs/events', ['README', 'for-each', 'large-events', 'replays']))(
  '%s lists what its event creates',
  (page) => {
    const config = example(page);
    const before = addresses(withoutEvents(config));
    const made = types([...addresses(config)].filter((address) => !before.has(address)));
    expect(made.length).toBeGreaterThan(0);
    expect(made.filter((type) => !listed(page).has(type))).toEqual([]);
  },
);

test.each(pagesOf('docs/configure/resources'))('%s lists what its resource creates', (page, type) => {
  const config = example(page);
  const names = Object.entries(config.resources).flatMap(([name, resource]) => (resource.type === type ? [name] : []));
  expect(names.length).toBeGreaterThan(0);
  const made = types([...addresses(config)].filter((address) => names.some((name) => address.includes(`.${name}_`))));
  expect(made.filter((one) => !listed(page).has(one))).toEqual([]);
});

describe('the page that lists the resources of a stack', () => {
  const page = 'docs/reference/terraform-resources.md';
  const onPages = [page, ...[...pagesOf('docs/events'), ...pagesOf('docs/configure/resources')].map(([each]) => each)];
  const written = onPages.map(read).join('\n');
  /** Between them, everything that a stack may create but what CloudFormation creates. */
  const made = new Set(
    [...CONFIGS, { ...CONFIGS[0], vpc: { privateSubnets: true }, dashboard: true }, withCloudFormation()].flatMap(
      (config) => types([...addresses(config as unknown as Config)]),
    ),
  );

  function withCloudFormation(): object {
    return { stackName: 'more', cloudformationResources: { inbox: { Type: 'AWS::SQS::Queue' } }, resources: {} };
  }

  it('and those of event sources and resources name every type', () => {
    expect([...made].filter((type) => type.startsWith('aws_') && !written.includes(`\`${type}\``))).toEqual([]);
  });

  it('names no type that no stack has', () => {
    const named = [...read(page).matchAll(/\*\*`(aws_\w+)`\*\*/g)].map(([, type = '']) => type);
    expect(named.filter((type) => !made.has(type))).toEqual([]);
  });
});
