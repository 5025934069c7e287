import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFunctionCode } from '../modules/function-code';
import { ConfigError } from '../modules/problems/config-error';
import { functionProperties } from '../modules/resources/function/schema';
import { foreignStack } from './synthesis';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'function-code-'));
  writeFileSync(join(folder, 'a.ts'), 'export const handler = async () => 1;\nexport const other = async () => 2;\n');
  writeFileSync(join(folder, 'a.py'), 'def handler(event, context): pass\n');
});

afterAll(() => rmSync(folder, { recursive: true }));

function code(properties: object, readsSecrets = false) {
  return createFunctionCode(foreignStack(), { baseDir: folder }, functionProperties.parse(properties), readsSecrets);
}

const bundle = (settings: object = {}, more: object = {}) => ({
  packaging: { type: 'js-bundle', properties: { entryfilePath: 'a.ts', ...settings } },
  ...more,
});

const ARTIFACT = {
  packaging: { type: 'custom-artifact', properties: { packagePath: 'a.py', handler: 'a.py:handler' } },
  runtime: 'python3.13',
};

it.each<[object, string, string]>([
  [bundle(), 'nodejs24.x', 'index.handler'],
  [bundle({ languageSpecificConfig: { nodeVersion: 22 } }), 'nodejs22.x', 'index.handler'],
  [bundle({}, { runtime: 'nodejs22.x' }), 'nodejs22.x', 'index.handler'],
  [bundle({ handlerFunction: 'other' }), 'nodejs24.x', 'index.other'],
  [bundle({ entryfilePath: 'a.ts:other' }), 'nodejs24.x', 'index.other'],
  [bundle({ entryfilePath: 'a.ts:other', handlerFunction: 'other' }), 'nodejs24.x', 'index.other'],
  [ARTIFACT, 'python3.13', 'a.handler'],
  [bundle({ entryfilePath: 'a.py' }), 'python3.12', 'a.handler'],
  [bundle({ entryfilePath: 'a.py:handler' }, { runtime: 'python3.14' }), 'python3.14', 'a.handler'],
])('%j runs on %s and calls %s', (properties, runtime, handler) => {
  expect(code(properties)).toMatchObject({ runtime, handler });
});

it('a Python function that reads secrets has a start', () => {
  expect(code(bundle({ entryfilePath: 'a.py' }), true)).toMatchObject({ handler: 'stp_function.handler' });
});

it('a bundle that reads secrets is a module with a start', () => {
  expect(code(bundle({ handlerFunction: 'other' }), true)).toMatchObject({ handler: 'index.handler' });
});

it.each<[object, boolean, string, string]>([
  [bundle({ entryfilePath: 'gone.ts' }), false, 'packaging.properties.entryfilePath', '"gone.ts": no such file'],
  [
    bundle({ entryfilePath: 'a.ts:handler', handlerFunction: 'other' }),
    false,
    'packaging.properties.handlerFunction',
    'handlerFunction other, and :handler in entryfilePath',
  ],
  [bundle({ entryfilePath: 'gone.py' }), false, 'packaging.properties.entryfilePath', '"gone.py": no such file'],
  [ARTIFACT, true, 'packaging.type', 'custom-artifact, and variables whose values are secrets'],
])('%j is refused', (properties, readsSecrets, path, found) => {
  let caught: unknown;
  try {
    code(properties, readsSecrets);
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(ConfigError);
  expect((caught as ConfigError).problems).toMatchObject([{ path: `properties.${path}`, found }]);
});
