import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import exampleConfig from '../../batch-jobs.config';
import { ARN_RULES } from '../../modules/stack-config/arn-rules';
import { CONFIG_FOLDER } from '../../scripts/config-pages';
import { pagesOf } from '../../scripts/config-sections';
import { generatedPages } from '../../scripts/docs';
import {
  bareSchema,
  type DocumentedProperty,
  documentedProperties,
  documentedSchema,
  format,
  SCHEMA_FILE,
  type SchemaNode,
} from '../../scripts/schema';
import { SOURCES } from '../../triggers/registry';
import { configOf, configProblems, fullConfig } from '../stack-config/samples';

const ROOT = join(__dirname, '../..');
const schema = bareSchema();
let properties: DocumentedProperty[];
let validate: ReturnType<Ajv2020['compile']>;

beforeAll(() => {
  // Types are checked once for all tests: it takes seconds.
  properties = documentedProperties(schema);
  documentedSchema(schema, properties);
  validate = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false }).compile(schema);
});

it('is the one in the repository', () => {
  expect(readFileSync(SCHEMA_FILE, 'utf8')).toBe(format(schema));
});

describe('the doc comments of the config', () => {
  it('are found for every property', () => {
    expect(properties.length).toBeGreaterThan(100);
    expect(properties.filter(({ text }) => text === '').map(({ path }) => path)).toEqual([]);
  });

  it('become the descriptions', () => {
    const timeout = properties.find(({ path }) => path === 'resources.*.properties.timeout');
    expect(timeout).toMatchObject({ required: false, default: 'no limit' });
    expect(timeout?.node.description).toBe(`${timeout?.text} Default: no limit.`);
    expect(timeout?.text).toMatch(/^Timeout of one attempt, in seconds\./);
    for (const { node, text } of properties) expect(node.description?.startsWith(text)).toBe(true);
  });

  it('reach every object of the schema', () => {
    const undescribed: string[] = [];
    const walk = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      for (const [key, value] of Object.entries(node)) {
        if (key === 'default' || key === 'enum') continue;
        walk(value, `${path}/${key}`);
        if (!path.endsWith('/properties') || path.endsWith('/properties/properties')) continue;
        if (typeof value === 'object' && !('description' in value)) undescribed.push(`${path}/${key}`);
      }
    };
    walk(schema, '');
    expect(undescribed).toEqual([]);
  });

  it('say what it means that an optional property is absent', () => {
    const silent = properties.filter(
      ({ required, default: value, text }) =>
        !required && value === undefined && !/exactly one of|can't combine/.test(text),
    );
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  it('name no default for a required property', () => {
    expect(properties.filter((item) => item.required && item.default !== undefined).map(({ path }) => path)).toEqual(
      [],
    );
  });

  it('name the default that is filled in', () => {
    for (const { path, node, default: value } of properties) {
      if (typeof node.default !== 'number' && typeof node.default !== 'boolean') continue;
      expect([path, value]).toEqual([path, expect.stringMatching(new RegExp(`^${node.default}\\b`))]);
    }
  });
});

describe('the schema', () => {
  it('takes the example, and a config with every property', () => {
    for (const config of [exampleConfig, fullConfig()]) {
      validate(JSON.parse(JSON.stringify(config)));
      expect(validate.errors).toBeNull();
    }
  });

  it('takes a file without the name of the stack, which it gets when it is read', () => {
    expect(validate({ resources: {} })).toBe(true);
  });

  it.each<[string, unknown]>([
    ['an unknown key', { ...fullConfig(), resource: {} }],
    ['an unknown key of a job', configOf({ time: 60 })],
    ['missing resources', { stackName: 'reports' }],
    ['a wrong type', configOf({ useSpotInstances: 'yes' })],
    ['a number out of its range', configOf({ timeout: 30 })],
    ['a fraction', configOf({ resources: { cpu: 0.5, memory: 512 } })],
    ['a number that is none of those allowed', configOf({ logging: { retentionDays: 31 } })],
    ['an unknown type', configOf({ events: [{ type: 'schedul', properties: {} }] })],
    ['a text of a wrong form', { ...fullConfig(), region: 'Ireland' }],
    ['a key of a wrong form', { ...fullConfig(), tags: { 'aws:x': 'y' } }],
    ['an empty list', configOf({ iamRoleStatements: [{ Action: [], Resource: ['*'] }] })],
  ])('refuses %s, as the program does', (_, config) => {
    expect(validate(config)).toBe(false);
    expect(configProblems(config)).not.toEqual([]);
  });
});

/** Where the texts of a property stand: in it, in its entries, or either. */
function writtenAt(path: string, { type, items, anyOf = [] }: SchemaNode): string[] {
  if (type === 'array') return items === undefined ? [] : writtenAt(`${path}[]`, items);
  return [...(type === 'string' ? [path] : []), ...anyOf.flatMap((form) => writtenAt(path, form))];
}

it('leaves no property that takes an ARN without a rule on its region, account and partition', () => {
  const takesArn = ({ node, text }: DocumentedProperty) =>
    /\bARNs?\b/.test(text) || /arn:/.test(JSON.stringify([node.pattern, node.items?.pattern]));
  // Those of existing resources differ by type.
  const { oneOf = [] } = (schema.properties?.resources?.additionalProperties ?? {}) as SchemaNode;
  const existing = oneOf.flatMap((branch) =>
    Object.keys(branch.properties?.existing?.properties ?? {})
      .filter((property) => /^(arn|\w+Arn)$/.test(property))
      .map((property) => `resources.*<${branch.properties?.type?.const}>.existing.${property}`),
  );
  const others = properties.filter(({ path }) => !path.includes('.existing.')).filter(takesArn);
  const found = [...existing, ...others.flatMap(({ path, node }) => writtenAt(path, node))];
  const ofEvents = SOURCES.flatMap(({ arns = {} }) => Object.keys(arns));
  const ruled = [
    ...Object.keys(ARN_RULES),
    ...ofEvents.map((path) => `resources.*.properties.events[].properties.${path}`),
  ];
  expect(found.filter((path) => !ruled.includes(path))).toEqual([]);
  const stem = (path: string) => path.replace(/\[\]$/, '');
  const taking = new Set(found.map(stem));
  expect(ruled.filter((path) => !taking.has(stem(path)))).toEqual([]);
});

// Here and not in a file of their own, since types are checked once for both.
describe('the pages made of the schema', () => {
  let pages: Map<string, string>;
  const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
  const page = (name: string) => pages.get(`${CONFIG_FOLDER}/${name}.md`) ?? '';
  beforeAll(() => {
    pages = generatedPages();
  });

  it('are up to date: npm run docs', () => {
    for (const [path, text] of pages) expect([path, read(path)]).toEqual([path, text]);
  });

  it('are the only files in their folder', () => {
    const made = [...pages.keys()].filter((path) => path.startsWith(CONFIG_FOLDER));
    expect(readdirSync(join(ROOT, CONFIG_FOLDER)).map((file) => `${CONFIG_FOLDER}/${file}`)).toEqual(made.sort());
  });

  it('have every property once', () => {
    const shown = pagesOf(properties)
      .flatMap(({ sections }) => sections)
      .flatMap(({ own, rows }) => [...(own === undefined ? [] : [own]), ...rows.map(({ property }) => property)]);
    const isLevel = ({ path, node }: DocumentedProperty) =>
      /\.properties$/.test(path) ||
      (/\.type$/.test(path) && node.const !== undefined) ||
      /\.packaging\.type$/.test(path);
    // The events of a function are those of jobs, which come first and have pages.
    const ofEvent = (property: DocumentedProperty) => property.path.startsWith('resources.*.properties.events[]');
    const [jobs, functions] = properties.flatMap(({ path }, index) =>
      path === 'resources.*.properties.events' ? index : [],
    );
    const ofJobs = properties.slice(jobs, functions).filter(ofEvent);
    const ofFunctions = properties.slice(functions).filter(ofEvent);
    expect(ofFunctions.map(({ path, text }) => [path, text])).toEqual(ofJobs.map(({ path, text }) => [path, text]));
    const expected = properties.filter((property) => !isLevel(property) && !ofFunctions.includes(property));
    expect(shown.map(({ path }) => path).sort()).toEqual(expected.map(({ path }) => path).sort());
  });

  it('say type, range, unit and default before the sentence', () => {
    expect(page('batch-job')).toContain('### timeout\n\nInteger, 60 to 31,536,000 seconds. Default: no limit.\n\n');
    expect(page('batch-job')).toContain('### memory\n\nInteger, 4 to 25,165,824 MiB, required.\n\n');
    expect(page('compute')).toContain('### maxVcpus\n\nInteger, 1 to 1,000,000 vCPUs. Default: 256.\n\n');
    expect(page('resource-relational-database')).toMatch(/### port\n\nInteger, [\d,]+ to [\d,]+\. Default/);
    expect(page('batch-job')).toContain('### architecture\n\n`x86_64` or `arm64`. Default: `x86_64`.\n\n');
    expect(page('stack')).toContain('## tags\n\nList of objects or object of strings. Default: none.\n\n');
  });

  it('have a page for each type of a part, with the properties of that type only', () => {
    expect(page('packaging-prebuilt-image')).toContain('### image\n\nString, required.\n');
    expect(page('packaging-custom-dockerfile')).not.toContain('### image\n');
    expect(page('event-sqs')).toContain('### batchSize\n');
    expect(page('resource-sqs-queue')).not.toContain('### batchSize\n');
    expect(page('backend')).toMatch(/## backend: s3\n[\s\S]*### bucket\n/);
  });
});
