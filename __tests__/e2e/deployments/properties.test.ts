import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changedProperties, everyProperty, type Schema } from './changed-properties';
import { companions } from './companions';
import { EXEMPT } from './coverage';
import { jobs } from './jobs';
import { sources } from './sources';

const schema: Schema = JSON.parse(readFileSync(join(__dirname, '../../../batch-jobs.schema.json'), 'utf8'));
const changed = new Set(
  [jobs, sources, companions].flatMap(({ before, changes }) =>
    changes.flatMap(({ after }) => [...changedProperties(schema, before, after)]),
  ),
);
const exemptions = Object.keys(EXEMPT);

it('changes every property of the schema, except those listed with a reason', () => {
  const missing = everyProperty(schema).filter(
    (property) => !changed.has(property) && !exemptions.some((prefix) => property.startsWith(prefix)),
  );
  expect(missing).toEqual([]);
});

it('lists nothing that is not there', () => {
  const properties = everyProperty(schema);
  expect(exemptions.filter((prefix) => !properties.some((property) => property.startsWith(prefix)))).toEqual([]);
});

it('finds a property that is added, removed or changed, and no new resource', () => {
  const job = (properties: object) => ({ type: 'batch-job', properties });
  const changes = (before: object, after: object) => [
    ...changedProperties(schema, { resources: before }, { resources: after }),
  ];
  expect(changes({ a: job({ timeout: 60 }) }, { a: job({ timeout: 61 }) })).toEqual([
    'resources.*.batch-job.properties.timeout',
  ]);
  expect(changes({ a: job({}) }, { a: job({ tags: { x: 'y' } }) })).toEqual([
    'resources.*.batch-job.properties.tags.*',
  ]);
  expect(changes({}, { a: job({ timeout: 60 }) })).toEqual([]);
});
