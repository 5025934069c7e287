import { z } from 'zod';
import { wantsNumber, wantsText } from '../../modules/config/wanted';

const converted = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);
const part = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), value: converted }),
  z.object({ type: z.literal('count'), value: z.number() }),
]);
const schema = z.object({
  environment: z.record(z.string(), converted).optional(),
  size: z.number().default(1).nullable(),
  name: z.string(),
  anything: z.json(),
  list: z.array(converted).readonly(),
  lazy: z.lazy(() => converted),
  piped: z.number().pipe(z.number()),
  part,
});
const value = { part: { type: 'text', value: 1 } };
const counted = { part: { type: 'count', value: 1 } };

it.each<[string, (string | number)[], unknown, boolean, boolean]>([
  ['the value of a map that converts numbers', ['environment', 'A'], value, true, false],
  ['an entry of a list that converts numbers', ['list', 0], value, true, false],
  ['a schema that is looked up late', ['lazy'], value, true, false],
  ['a number with a default, or null', ['size'], value, false, true],
  ['a number that is checked further', ['piped'], value, false, true],
  ['a string alone', ['name'], value, false, false],
  ['any JSON', ['anything'], value, false, false],
  ['the branch of a union that the value has: strings', ['part', 'value'], value, true, false],
  ['the branch of a union that the value has: numbers', ['part', 'value'], counted, false, true],
  ['no branch of a union', ['part', 'value'], { part: { type: 'other' } }, false, false],
  ['no branch, since there is no value', ['part', 'value'], undefined, false, false],
  ['an unknown property', ['nothing'], value, false, false],
  ['a property that every object of JavaScript has', ['constructor'], value, false, false],
  ['a number as the key of a map', ['environment', 0], value, false, false],
  ['a name as the place in a list', ['list', 'a'], value, false, false],
])('%s', (_, path, whole, text, number) => {
  expect({ text: wantsText(schema, whole, path), number: wantsNumber(schema, whole, path) }).toEqual({ text, number });
});
