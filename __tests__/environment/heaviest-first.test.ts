import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';

const HeaviestFirst = require('./heaviest-first');

const TESTS = join(__dirname, '..');
const test = (file: string) => ({ path: join(TESTS, file), context: { config: { id: 'e2e' } } });

it.each<string>(HeaviestFirst.HEAVIEST)('%s is there', (file) => {
  expect(existsSync(join(TESTS, file))).toBe(true);
});

describe('without times of an earlier run', () => {
  const sequencer = new HeaviestFirst({ contexts: [], globalConfig: {} });
  const [first, second, third] = HeaviestFirst.HEAVIEST;
  beforeEach(() => {
    jest.spyOn(Object.getPrototypeOf(HeaviestFirst.prototype), 'sort').mockImplementation((tests) => tests);
  });
  const sorted = (...files: string[]) =>
    sequencer.sort(files.map(test)).map(({ path }: { path: string }) => relative(TESTS, path));

  it('the heaviest files come in their order, and the others are spread among them', () => {
    expect(sorted('a.test.ts', third, 'b.test.ts', second, 'c.test.ts', 'd.test.ts', first)).toEqual([
      ...[first, 'a.test.ts', second, 'b.test.ts', 'c.test.ts', third, 'd.test.ts'],
    ]);
  });

  it.each([
    [
      ['a.test.ts', 'b.test.ts'],
      ['a.test.ts', 'b.test.ts'],
    ],
    [
      [second, first],
      [first, second],
    ],
    [[], []],
  ])('%j are sorted as %j', (files, expected) => expect(sorted(...files)).toEqual(expected));
});
