import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { parse } from '../modules/config/parse';
import { ConfigError } from '../modules/problems/config-error';
import { BatchJobsStack } from '../modules/stack';
import { batchJobsConfig } from '../modules/stack-config/config';
import { resource } from '../modules/stack-config/resources';
import type { SchemaNode } from '../scripts/schema';
import { jobs } from './e2e/deployments/jobs';
import { sources } from './e2e/deployments/sources';
import { ACCEPTED, JOB, type Part, REFUSED } from './fixtures/reference-coverage';
import { EXPECTED } from './fixtures/stacktape/expected';

const PAGE = readFileSync(join(__dirname, '..', 'docs', 'stacktape', 'coverage.md'), 'utf8');

/** Rows of the table of properties, and of the table that says what the words of its second column mean. */
const ROWS = [...PAGE.matchAll(/^\| `([^`]+)` \| (same|checked|better|alias|ours) \| (.*) \|$/gm)].map(
  ([, path = '', here = '', difference = '']) => ({ path, here, difference }),
);
const WORDS = [...PAGE.matchAll(/^\| (\w+) \| [a-z]/gm)].map(([, word]) => word);

/** Every property of a batch job, without the levels called `properties`, and with the types of a union in angle brackets. */
function properties(): string[] {
  const { oneOf = [] } = z.toJSONSchema(resource, { io: 'input' }) as SchemaNode;
  const job = oneOf.find((branch) => branch.properties?.type?.const === 'batch-job');
  return walk(job ?? {}, '').map((path) => path.replace(/(^|\.)properties(?=\.|$)/g, '').replace(/^\./, ''));
}

/** The name that identifies a type, which can have others. */
function firstName(node: (SchemaNode & { readonly enum?: readonly unknown[] }) | undefined): unknown {
  return node?.const ?? node?.enum?.[0];
}

function walk(node: SchemaNode, path: string): string[] {
  const branches = node.oneOf ?? node.anyOf;
  if (branches !== undefined) {
    return branches.flatMap((branch) => {
      const type = firstName(branch.properties?.type);
      return walk(branch, type === undefined ? path : `${path}<${String(type)}>`);
    });
  }
  if (node.items !== undefined) return walk(node.items, `${path}[]`);
  return Object.entries(node.properties ?? {}).flatMap(([name, property]) => {
    const own = path === '' ? name : `${path}.${name}`;
    const isType = name === 'type' && (path === '' || path.endsWith('>'));
    if (isType) return [];
    return name === 'properties' ? walk(property, own) : [own, ...walk(property, own)];
  });
}

it('the table has each property of the schema, once, and no other', () => {
  const paths = ROWS.map(({ path }) => path);
  const known = [...new Set(properties())];
  expect(known.filter((path) => !paths.includes(path))).toEqual([]);
  expect(paths.filter((path) => !known.includes(path))).toEqual([]);
  expect(new Set(paths).size).toBe(paths.length);
});

it('the schema is read to its ends', () => {
  expect(properties()).toEqual(
    expect.arrayContaining([
      'container.packaging<prebuilt-image>.image',
      'container.environment[].value',
      'events[]<http-api-gateway>.authorizer<lambda>.cacheResultSeconds',
      'retryConfig.spotInterruption.thenOnDemand',
      'overrides',
    ]),
  );
});

it('what is different is said where something is', () => {
  expect(ROWS.filter(({ here, difference }) => (here === 'better' || here === 'alias') && difference === '')).toEqual(
    [],
  );
});

it('each word of the table is explained', () => {
  expect(WORDS).toEqual(expect.arrayContaining([...new Set(ROWS.map(({ here }) => here))]));
});

const FOLDER = join(__dirname, 'fixtures/stacktape');

/** The properties that a job of a config has, in the words of the table. */
function used(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => used(one, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [];
  // What has a type and properties is one of several; another type is a property.
  const type = 'properties' in value && 'type' in value && path !== '' ? `<${String(value.type)}>` : '';
  return Object.entries(value).flatMap(([name, one]) => {
    if (name === 'properties') return used(one, `${path}${type}`);
    if (name === 'type' && (type !== '' || path === '')) return [];
    const own = path === '' ? name : `${path}${type}.${name}`;
    return [own, ...used(one, own)];
  });
}

function usedIn({ resources = {} }: { readonly resources?: object }): string[] {
  return Object.values(resources).flatMap((one) => (one.type === 'batch-job' ? used(one) : []));
}

function config({ properties, beside, resources }: Part) {
  const tally = { type: 'batch-job', properties: { ...JOB, ...properties }, ...beside };
  return { stackName: 'coverage', region: 'eu-west-1', resources: { ...resources, tally } };
}

it.each(ACCEPTED)('what other configs do not have is accepted: %j', (part) => {
  expect(() => parse(batchJobsConfig, config(part), 'test')).not.toThrow();
});

it('each property is in a config that is accepted: of this list, of the corpus, or of those that are deployed', () => {
  const deployed = [jobs, sources].flatMap(({ before, changes }) => [before, ...changes.map(({ after }) => after)]);
  const corpus = Object.entries(EXPECTED).flatMap(([file, outcome]) =>
    'refused' in outcome || !file.endsWith('.yml') ? [] : [parseYaml(readFileSync(join(FOLDER, file), 'utf8'))],
  );
  const found = new Set([...ACCEPTED.map(config), ...deployed, ...corpus].flatMap(usedIn));
  expect(ROWS.filter(({ path }) => !found.has(path)).map(({ path }) => path)).toEqual([]);
});

it('each property that is checked has a config that is refused, and no other has one', () => {
  expect(Object.keys(REFUSED).sort()).toEqual(
    ROWS.filter(({ here }) => here === 'checked')
      .map(({ path }) => path)
      .sort(),
  );
});

it.each(Object.entries(REFUSED))('%s is refused with a fix', (_, { at, fix, ...part }) => {
  const refused = () => {
    const checked = parse(batchJobsConfig, config(part), 'test');
    new BatchJobsStack(Testing.app(), checked, { baseDir: FOLDER });
  };
  expect(refused).toThrow(ConfigError);
  try {
    refused();
  } catch (error) {
    const { problems } = error as ConfigError;
    expect(problems).toMatchObject([{ path: `resources.tally.properties.${at}`, fix }]);
  }
});
