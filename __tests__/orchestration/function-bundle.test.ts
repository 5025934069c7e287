import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type BundleProblem, bundleFunction, type FunctionBundle } from '../../modules/orchestration/function-bundle';

const FILES = {
  'named.ts': "import { sum } from './lib/sum';\nexport const handler = async (event: number[]) => sum(event);\n",
  'lib/sum.ts':
    'export function sum(numbers: readonly number[]): number { return numbers.reduce((a, b) => a + b, 0); }\n',
  'both.ts': 'export const handler = async () => 1;\nexport default async () => 2;\n',
  'default.mts': 'export default async (event: number[]) => event.length;\n',
  'common.cjs': 'exports.handler = async (event) => event.length;\n',
  'package.ts':
    "import { twice } from 'twice';\nexport const handler = async (event: number[]) => twice(event.length);\n",
  'node_modules/twice/package.json': '{"name":"twice","version":"1.0.0","main":"index.js"}',
  'node_modules/twice/index.js': 'module.exports = { twice: (n) => 2 * n };\n',
  'reexport.ts': "export * from './named';\n",
  'sdk.ts': "import { S3 } from '@aws-sdk/client-s3';\nexport const handler = async () => typeof S3;\n",
  'gone.ts': "import './nowhere';\nimport 'not-installed';\nexport const handler = 1;\n",
  'broken.ts': 'export const handler = (;\n',
  'none.ts': 'export const b = 1;\nexport const a = 2;\n',
  'empty.ts': '',
  'folder.ts/x.ts': '',
};

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'functions-'));
  for (const [file, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

function bundle(file: string): FunctionBundle {
  const result = bundleFunction(folder, file);
  if ('problem' in result) throw new Error(JSON.stringify(result.problem));
  return result;
}

function problem(file: string): BundleProblem['problem'] {
  const result = bundleFunction(folder, file);
  if ('text' in result) throw new Error(`${file} was bundled`);
  return result.problem;
}

/** The response of a bundle that can load nothing but parts of Node.js. */
async function answer({ text, handler }: FunctionBundle, event: unknown): Promise<unknown> {
  const own = { exports: {} as { [name: string]: (event: unknown) => unknown } };
  const load = (name: string) => {
    if (!isBuiltin(name)) throw new Error(`${name} is not in the bundle`);
    return require(name);
  };
  new Function('module', 'exports', 'require', text)(own, own.exports, load);
  return own.exports[handler.replace('index.', '')]?.(event);
}

describe('a bundle', () => {
  const HANDLERS: readonly [file: string, handler: string, answer: number][] = [
    ['named.ts', 'index.handler', 6],
    ['both.ts', 'index.handler', 1],
    ['default.mts', 'index.default', 3],
    ['common.cjs', 'index.handler', 3],
    ['package.ts', 'index.handler', 6],
    ['reexport.ts', 'index.handler', 6],
    ['./lib/../named.ts', 'index.handler', 6],
  ];

  it.each(HANDLERS)('of %s has the handler %s', (file, handler) => {
    expect(bundle(file).handler).toBe(handler);
  });

  it.each(HANDLERS)('of %s has all that it needs', async (file, _handler, expected) => {
    expect(await answer(bundle(file), [1, 2, 3])).toBe(expected);
  });

  it('is the same from another folder', () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'));
    try {
      cpSync(folder, join(elsewhere, 'deep/er'), { recursive: true });
      for (const file of ['named.ts', 'package.ts', 'common.cjs']) {
        expect(bundleFunction(join(elsewhere, 'deep/er'), file)).toEqual(bundle(file));
      }
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });
});

describe('what cannot be bundled', () => {
  it.each([
    ['nowhere.ts', '"nowhere.ts": no such file'],
    ['folder.ts', '"folder.ts": a folder'],
  ])('%s', (file, found) => {
    expect(problem(file)).toEqual({
      found,
      accepted: 'the path of a file that exports the handler',
      fix: "correct the path: it is relative to the config's folder",
    });
  });

  it('imports that are not there, each with its place', () => {
    expect(problem('gone.ts')).toEqual({
      found: [
        '"gone.ts", which cannot be bundled:',
        'gone.ts:1:8: Could not resolve "./nowhere"',
        'gone.ts:2:8: Could not resolve "not-installed"',
      ].join('\n'),
      accepted: 'a file that can be bundled with its imports',
      fix: 'correct the import, or install the package in the folder of the file',
    });
  });

  it('native code', () => {
    writeFileSync(join(folder, 'sieve.node'), '');
    writeFileSync(
      join(folder, 'native.ts'),
      "import sieve from './sieve.node';\nexport const handler = () => sieve;\n",
    );
    const { found, fix } = problem('native.ts');
    expect(found).toContain('No loader is configured for ".node" files');
    expect(fix).toMatch(/^build the code before synthesis, with its packages, and use custom-artifact/);
  });

  it('code that is none', () => {
    const { found, fix } = problem('broken.ts');
    expect(found).toMatch(/^"broken\.ts", which cannot be bundled:\nbroken\.ts:1:\d+: Unexpected/);
    expect(fix).toBe('correct it');
  });

  it.each([
    ['none.ts', '"none.ts": exports a, b'],
    ['empty.ts', '"empty.ts": no exports'],
  ])('a file without a handler: %s', (file, found) => {
    expect(problem(file)).toMatchObject({ found, accepted: 'an export named handler, or a default export' });
  });
});

it('leaves the AWS SDK, which is not installed here, to Lambda, whose Node.js has it', () => {
  expect(bundle('sdk.ts').text).toContain('require("@aws-sdk/client-s3")');
});

describe('the settings of a bundle', () => {
  const bundleWith = (file: string, settings: Parameters<typeof bundleFunction>[2]) => {
    const result = bundleFunction(folder, file, settings);
    if ('problem' in result) throw new Error(JSON.stringify(result));
    return result;
  };

  beforeAll(() => {
    writeFileSync(
      join(folder, 'waits.ts'),
      'const n = await Promise.resolve(3);\nexport const handler = async () => n;\n',
    );
    writeFileSync(join(folder, 'aliased.ts'), "export { handler } from '#own/named';\n");
    writeFileSync(join(folder, 'own.json'), '{"compilerOptions":{"paths":{"#own/*":["./*"]}}}');
    writeFileSync(
      join(folder, 'deep.ts'),
      "import 'twice/deep';\nimport 'twice';\nexport const handler = async () => 1;\n",
    );
  });

  it('only a module can await at its top', () => {
    expect(bundleFunction(folder, 'waits.ts')).toMatchObject({
      problem: { fix: "add languageSpecificConfig: { outputModuleFormat: 'esm' } to the packaging's properties" },
      keys: ['entryfilePath'],
    });
    const { text, file, handler } = bundleWith('waits.ts', { format: 'esm' });
    expect([file, handler]).toEqual(['index.mjs', 'index.handler']);
    expect(text).toContain('await Promise.resolve(3)');
    expect(text).toMatch(/^import\{createRequire/);
  });

  it('a CommonJS bundle is index.js', () => {
    expect(bundleWith('named.ts', {}).file).toBe('index.js');
    expect(bundleWith('named.ts', { format: 'cjs' }).file).toBe('index.js');
  });

  it('leaves packages out, with what is below them', () => {
    const { text } = bundleWith('deep.ts', { excluded: ['twice'] });
    expect(text).toContain('require("twice")');
    expect(text).toContain('require("twice/deep")');
    expect(bundleFunction(folder, 'deep.ts')).toHaveProperty('problem');
  });

  it('takes the tsconfig.json that is named, which must be there', () => {
    expect(bundleWith('aliased.ts', { tsConfigPath: 'own.json' }).handler).toBe('index.handler');
    expect(bundleFunction(folder, 'aliased.ts')).toHaveProperty('problem');
    expect(bundleFunction(folder, 'aliased.ts', { tsConfigPath: 'gone.json' })).toMatchObject({
      problem: { accepted: 'the path of a tsconfig.json' },
      keys: ['languageSpecificConfig', 'tsConfigPath'],
    });
  });

  it('is for the version of Node.js', () => {
    writeFileSync(
      join(folder, 'using.ts'),
      'export const handler = async () => { using a = { [Symbol.dispose]() {} }; return a; };\n',
    );
    expect(bundleWith('using.ts', { nodeVersion: 22 }).text).not.toMatch(/\busing a\b/);
  });
});
