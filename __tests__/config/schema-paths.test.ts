import { z } from 'zod';
import { propertyPaths, relation, type SchemaPath } from '../../modules/config/schema-paths';

const schema = z.object({
  name: z.string().optional(),
  jobs: z.record(
    z.string(),
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('a'), size: z.number().default(1) }),
      z.object({ type: z.literal('b'), events: z.array(z.object({ rate: z.string() })) }).pipe(z.any()),
    ]),
  ),
  any: z.json(),
});

const written = ({ steps, types }: SchemaPath) =>
  [steps.join('.'), ...types.map(([depth, type]) => `${type}@${depth}`)].join(' ');

it('every property has its path, and the types of the objects on it', () => {
  expect(propertyPaths(schema).map(written)).toEqual([
    'name',
    'jobs',
    'jobs.<name>.type a@2',
    'jobs.<name>.size a@2',
    'jobs.<name>.type b@2',
    'jobs.<name>.events b@2',
    'jobs.<name>.events.[].rate b@2',
    'any',
  ]);
});

it('looks into schemas whatever is around them', () => {
  const inner = z.object({ x: z.number() });
  const around = {
    a: inner.optional(),
    b: inner.nullable(),
    c: inner.default({ x: 1 }),
    d: inner.prefault({ x: 1 }),
    e: inner.readonly(),
  };
  for (const [key, value] of Object.entries(around)) {
    expect(propertyPaths(z.object({ [key]: value })).map(written)).toEqual([key, `${key}.x`]);
  }
});

it('has the type of each object on a path', () => {
  const leaf = z.discriminatedUnion('type', [z.object({ type: z.literal('leaf'), size: z.number() })]);
  const tree = z.discriminatedUnion('type', [z.object({ type: z.literal('tree'), leaf })]);
  expect(propertyPaths(z.object({ tree })).map(written)).toContain('tree.leaf.size tree@1 leaf@2');
});

it('the paths of a schema are found once', () => {
  expect(propertyPaths(schema)).toBe(propertyPaths(schema));
});

describe('the relation of a place to a path', () => {
  const place: SchemaPath = { steps: ['jobs', '<name>', 'events', '[]', 'rate'], types: [[2, ['b', 'other b']]] };
  const root = (type?: string) => ({ jobs: { x: { type, events: [{}] } } });

  it.each<[string, (string | number)[], number]>([
    ['the whole path', ['jobs', 'x', 'events', 0, 'rate'], 5],
    ['another property of the same object', ['jobs', 'x', 'events', 0, 'other'], 4],
    ['a name in place of an entry', ['jobs', 'x', 'events', 'first', 'rate'], 3],
    ['an entry in place of a name', ['jobs', 0, 'events'], 1],
    ['a path that ends before', ['jobs', 'x'], 2],
    ['nothing', ['name'], 0],
  ])('shares %s', (_, path, shared) => {
    expect(relation(place, path, root('b')).shared).toBe(shared);
  });

  it('names the object that would need another type', () => {
    const path = ['jobs', 'x', 'rate'];
    expect(relation(place, path, root('a'))).toEqual({ shared: 2, otherType: [2, 'b'] });
    expect(relation(place, path, root())).toEqual({ shared: 2, otherType: [2, 'b'] });
    expect(relation(place, path, root('b'))).toStrictEqual({ shared: 2 });
    expect(relation(place, path, root('other b'))).toStrictEqual({ shared: 2 });
  });

  it('names the first such object', () => {
    const deep: SchemaPath = {
      steps: ['jobs', '<name>', 'leaf', 'size'],
      types: [
        [2, ['b']],
        [3, ['c']],
      ],
    };
    const config = { jobs: { x: { type: 'a', leaf: { type: 'd' } } } };
    expect(relation(deep, ['jobs', 'x', 'leaf', 'size'], config).otherType).toEqual([2, 'b']);
  });

  it('needs no type of an object that is not on the common part, or is none', () => {
    expect(relation(place, ['jobs'], root('a'))).toEqual({ shared: 1 });
    expect(relation(place, ['other', 'x', 'rate'], root('a'))).toEqual({ shared: 0 });
    expect(relation(place, ['jobs', 'x', 'rate'], { jobs: { x: 'text' } })).toEqual({ shared: 2 });
    expect(relation(place, ['jobs', 'x', 'rate'], { jobs: { x: null } })).toEqual({ shared: 2 });
  });
});
