import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import exampleConfig from '../../batch-jobs.config';
import { ARN_RULES } from '../../modules/config/arn-rules';
import { generatedPages } from '../../scripts/docs';
import {
  bareSchema,
  type DocumentedProperty,
  documentedProperties,
  documentedSchema,
  formatted,
  SCHEMA_FILE,
  type SchemaNode,
} from '../../scripts/schema';
import { configOf, configProblems, fullConfig } from '../config/samples';

const schema = bareSchema();
let properties: DocumentedProperty[];
let validate: ReturnType<Ajv2020['compile']>;

beforeAll(() => {
  // Types are checked once for all tests: it takes seconds.
  properties = documentedProperties(schema);
  documentedSchema(schema, properties);
  validate = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false }).compile(schema);
}, 60_000);

it('is what lies in the repository', () => {
  expect(readFileSync(SCHEMA_FILE, 'utf8')).toBe(formatted(schema));
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
    expect(timeout?.text).toMatch(/^Longest time, in seconds, /);
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
      ({ required, default: value, text }) => !required && value === undefined && !/Exactly one of|Excludes/.test(text),
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
  const others = properties.filter(takesArn).map(({ path }) => path.replace(/\[\]$/, ''));
  const ruled = Object.keys(ARN_RULES).filter((path) => !path.endsWith('[]'));
  const found = [...existing, ...others.filter((path) => !path.includes('.existing.'))];
  expect([...new Set(found)].sort()).toEqual(ruled.sort());
});

// Here and not in a file of their own, since types are checked once for both.
describe('the pages made of the schema', () => {
  let pages: Map<string, string>;
  let page: string;
  beforeAll(() => {
    pages = generatedPages();
    page = pages.get('docs/reference/config/README.md') ?? '';
  });

  it.each(['docs/reference/config/README.md', 'docs/reference/errors.md'])('%s is up to date: npm run docs', (path) => {
    expect(readFileSync(join(__dirname, '../..', path), 'utf8')).toBe(pages.get(path));
  });

  it('each property has a meaning', () => {
    expect(page.split('\n').filter((line) => line.startsWith('| `') && / \|\s*\|$/.test(line))).toEqual([]);
  });

  it('each type of a part has a table of its own, with the properties of that type only', () => {
    const table = (title: string) => page.split(/^## /m).find((section) => section.startsWith(`${title}\n`)) ?? '';
    expect(table('Packaging `prebuilt-image`')).toContain('| `properties.image` | text | required |');
    expect(table('Packaging `custom-dockerfile`')).not.toContain('`properties.image`');
    expect(table('Resource `batch-job`')).toContain(
      '| `properties.timeout` | whole number, 60 to 31,536,000 | no limit |',
    );
    expect(table('The stack')).toContain('| `compute.maxVcpus` | whole number, 1 to 1,000,000 | 256 |');
  });
});
