import { existsSync } from 'node:fs';
import { join } from 'node:path';

const HeaviestFirst = require('./heaviest-first');

const TESTS = join(__dirname, '..');
const test = (file: string) => ({ path: join(TESTS, file), context: { config: { id: 'e2e' } } });

it.each<string>(HeaviestFirst.HEAVIEST)('%s is there', (file) => {
  expect(existsSync(join(TESTS, file))).toBe(true);
});

it('the heaviest files come first, in their order, also without times of an earlier run', () => {
  const sequencer = new HeaviestFirst({ contexts: [], globalConfig: {} });
  jest.spyOn(Object.getPrototypeOf(HeaviestFirst.prototype), 'sort').mockImplementation((tests) => tests);
  const [first, second] = HeaviestFirst.HEAVIEST;
  const sorted = sequencer.sort(['stack.test.ts', second, 'naming.test.ts', first].map(test));
  expect(sorted).toEqual([first, second, 'stack.test.ts', 'naming.test.ts'].map(test));
});
