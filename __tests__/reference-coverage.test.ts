import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { resource } from '../modules/stack-config/resources';
import type { SchemaNode } from '../scripts/schema';

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
