import { packageFile, withoutMark } from '../../../cli/init/package-file';

it('an empty package.json has nothing', () => {
  expect(packageFile('{}')).toEqual({
    name: undefined,
    type: undefined,
    members: [],
    scripts: {},
    packages: {},
    hasJest: false,
  });
});

it('has the parts that matter for a project', () => {
  const text = JSON.stringify({
    name: 'mine',
    type: 'module',
    scripts: { test: 'mocha' },
    dependencies: { zod: '3.25.0' },
    devDependencies: { typescript: '5.4.5' },
    peerDependencies: { cdktf: '0.21.0' },
    optionalDependencies: { fsevents: '2.3.3' },
    jest: {},
  });
  expect(packageFile(text)).toEqual({
    name: 'mine',
    type: 'module',
    members: [
      'name',
      'type',
      'scripts',
      'dependencies',
      'devDependencies',
      'peerDependencies',
      'optionalDependencies',
      'jest',
    ],
    scripts: { test: 'mocha' },
    packages: { zod: '3.25.0', typescript: '5.4.5', cdktf: '0.21.0', fsevents: '2.3.3' },
    hasJest: true,
  });
});

it('values that are no strings count as missing', () => {
  const text = '{ "name": 1, "type": null, "scripts": { "a": 1, "b": "c" }, "dependencies": { "d": {}, "e": "1" } }';
  expect(packageFile(text)).toMatchObject({
    name: undefined,
    type: undefined,
    scripts: { b: 'c' },
    packages: { e: '1' },
  });
});

it('a byte order mark is ignored, as npm does', () => {
  expect(packageFile('\uFEFF{ "name": "mine" }').name).toBe('mine');
  expect(['\uFEFFa', 'a', 'a\uFEFF'].map(withoutMark)).toEqual(['a', 'a', 'a\uFEFF']);
});

it.each([
  ['[]', 'it does not contain an object'],
  ['null', 'it does not contain an object'],
  ['"text"', 'it does not contain an object'],
  ['{ "scripts": [] }', '"scripts" is not an object'],
  ['{ "scripts": null }', '"scripts" is not an object'],
  ['{ "dependencies": "none" }', '"dependencies" is not an object'],
  ['{ "devDependencies": 1 }', '"devDependencies" is not an object'],
  ['{ "peerDependencies": [] }', '"peerDependencies" is not an object'],
  ['{ "optionalDependencies": true }', '"optionalDependencies" is not an object'],
])('%s is refused: %s', (text, problem) => {
  expect(() => packageFile(text)).toThrow(
    `package.json cannot be added to: ${problem}. Correct it, or choose another folder. Nothing was written.`,
  );
});

it.each(['', '{ "name": ', '{\n\n"a": x\n}'])('%j is refused in one line', (text) => {
  expect(() => packageFile(text)).toThrow(
    /^package\.json cannot be added to: it is not JSON: [^\n]+\. Correct it, or choose another folder\. Nothing was written\.$/,
  );
});
