import { KNOWN_TYPES } from '../../modules/rules/instance-families';
import { SqsTrigger } from '../../triggers/sqs/trigger';

it('a test cannot change a constant or a class for the tests of other files', () => {
  expect(() => Object.assign(KNOWN_TYPES[0] ?? {}, { vcpus: 0 })).toThrow(TypeError);
  expect(() => Object.assign(KNOWN_TYPES, { length: 0 })).toThrow(TypeError);
  expect(() => Object.assign(SqsTrigger, { of: () => undefined })).toThrow(TypeError);
  expect(() => Object.assign(SqsTrigger.prototype, { toString: () => '' })).toThrow(TypeError);
});

it('modules are the same in the whole file, but for those that it isolates', () => {
  const load = () => require('../../modules/rules/instance-families') as { readonly KNOWN_TYPES: unknown };
  expect(load().KNOWN_TYPES).toBe(KNOWN_TYPES);
  jest.isolateModules(() => expect(load().KNOWN_TYPES).not.toBe(KNOWN_TYPES));
  expect(load().KNOWN_TYPES).toBe(KNOWN_TYPES);
});

it('a file whose modules are shared cannot replace one: it would get those that know the replaced one', () => {
  const replace: (name: string, by?: () => object) => void = Reflect.get(jest, 'mock');
  expect(() => replace('node:fs')).toThrow('in the test file itself');
  expect(() => replace('node:fs', () => ({}))).toThrow('in the test file itself');
});
