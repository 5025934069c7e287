import { dirname } from 'node:path';
import { contextDigest } from '../../../../modules/container/build-context';
import { removeFolders } from '../../folder';
import { textOf } from '../made';
import { context, type Files, output, refusals, result, started } from './job';

afterEach(removeFolders);

describe('a file that is no code', () => {
  it('is imported as a string or as bytes, by its ending or by an attribute', async () => {
    const files = {
      'src/jobs/report.ts': [
        "import sql from './a.sql';\nimport page from '../a.html';\nimport wasm from './a.wasm';\nimport data from './a.json' with { type: 'json' };",
        "import text from './a.other' with { type: 'text' };\nimport bytes from './a.other' with { type: 'bytes' };\nimport picture from './a.PNG';",
        'console.log(JSON.stringify([sql, page, [...wasm], data, text, [...bytes], [...picture]]));\n',
      ].join('\n'),
      'src/jobs/a.sql': 'select',
      'src/a.html': '<p>',
      'src/jobs/a.wasm': '\0a',
      'src/jobs/a.json': '{"a":1}',
      'src/jobs/a.other': 'é',
      'src/jobs/a.PNG': 'p',
    };
    expect(await output(files)).toBe('["select","<p>",[0,97],{"a":1},"é",[195,169],[112]]');
  });

  it('is refused with the way out if nothing is known of its ending', () => {
    const files = { 'src/jobs/report.ts': "import './a.other';\n", 'src/jobs/a.other': '' };
    expect(refusals(files)).toEqual([
      expect.stringMatching(
        /report.ts:1:8: No loader is configured for "\.other" files.*\n-> add the file to includeFiles and read it with node:fs, or import it with \{ type: "text" \} or \{ type: "bytes" \}$/,
      ),
    ]);
  });

  it('is refused as a binary of the machine that bundles', () => {
    const files = { 'src/jobs/report.ts': "import './a.node';\n", 'src/jobs/a.node': '' };
    expect(refusals(files)).toEqual([
      expect.stringMatching(/^an import of "src\/jobs\/a\.node", a binary .*\n-> move the binary to a package/),
    ]);
  });
});

describe('an error of the bundle names what helps', () => {
  it.each<[string, Files, string, string]>([
    [
      'a missing file',
      { 'src/jobs/report.ts': "import './gone';\n" },
      '1:8: Could not resolve "./gone"',
      'correct the path of the import',
    ],
    [
      'code that does not parse',
      { 'src/jobs/report.ts': 'const = 1;\n' },
      '1:7: Expected identifier',
      'correct the code at that line',
    ],
    [
      'an alias',
      { 'src/jobs/report.ts': "import '@/lib/a';\n" },
      '1:8: Could not resolve "@/lib/a"',
      'correct the import, or set languageSpecificConfig.tsConfigPath to the tsconfig.json that maps it',
    ],
    [
      'a file that a package does not have',
      {
        'src/jobs/report.ts': "import 'plain/gone';\n",
        'node_modules/plain/package.json': '{"name":"plain","exports":{".":"./a.js"}}',
      },
      'Could not resolve "plain/gone" (The path "./gone" is not exported by package "plain")',
      'correct the import, since "plain" is installed without such a file, or add "plain" to languageSpecificConfig.dependenciesToExcludeFromBundle',
    ],
    [
      'an import of its own that package.json does not have',
      { 'src/jobs/report.ts': "import '#db';\n", 'package.json': '{"imports":{}}' },
      'Could not resolve "#db"',
      'correct "imports" in package.json',
    ],
  ])('%s', (_, files, found, fix) => {
    expect(refusals(files)).toEqual([expect.stringMatching(/^"src\/jobs\/report.ts", which cannot be bundled:\n/)]);
    expect(refusals(files)[0]).toContain(found);
    expect(refusals(files)[0]).toMatch(new RegExp(`\n-> ${fix.replace(/[.()]/g, '\\$&')}$`));
  });

  it('await outside of functions, in CommonJS', () => {
    const files = { 'src/jobs/report.ts': 'await 1;\nexport {};\n' };
    expect(refusals(files, { languageSpecificConfig: { outputModuleFormat: 'cjs' } })).toEqual([
      expect.stringContaining(
        "-> set languageSpecificConfig.outputModuleFormat to 'esm', or move the code into a function",
      ),
    ]);
    expect(refusals(files)).toEqual([]);
  });

  it('at its line of the source, though its types and its place are written anew', () => {
    const files = {
      'src/jobs/report.ts': 'interface A {\n  a: string;\n}\nvoid __dirname;\nconst a: number = 1;\nimport "gone";\n',
    };
    expect(refusals(files)[0]).toContain('src/jobs/report.ts:6:8: Could not resolve "gone"');
  });
});

it("reports the bundler's warnings about the project's own files", () => {
  const made = result({
    'src/jobs/report.ts':
      "import 'plain';\ninterface A {\n  a: 1;\n}\nconsole.log(typeof process === 'nubmer');\neval('one');\nconsole.log(__dirname);\n",
    'node_modules/plain/index.js': "eval('1');\n",
    'node_modules/plain/package.json': '{}',
  });
  expect('context' in made && made.context.notes?.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^src\/jobs\/report\.ts:5:32: The "typeof" operator will never evaluate to "nubmer"/),
    expect.stringMatching(/^src\/jobs\/report\.ts:6:1: Using direct eval with a bundler is not recommended/),
  ]);
});

describe('traces name lines of the source', () => {
  it.each(['esm', 'cjs'] as const)('of every file, in a bundle of %s', async (outputModuleFormat) => {
    const failing =
      'interface A {\n  a: string;\n}\nconst a: A = { a: __filename };\nexport function fail(): never {\n  throw new Error(a.a);\n}\n';
    const files = {
      'src/jobs/report.ts': "#!/usr/bin/env node\nimport { fail } from '../lib/fail';\n\ntype B = string;\nfail();\n",
      'src/lib/fail.ts': failing,
    };
    const { stderr } = await started(context(files, { languageSpecificConfig: { outputModuleFormat } }));
    expect(stderr).toContain('Error: /app/src/lib/fail.ts\n');
    expect(stderr).toContain('/app/src/lib/fail.ts:6:9');
    expect(stderr).toContain('/app/src/jobs/report.ts:5:1');
  });
});

describe('the settings of TypeScript', () => {
  const typescript = { 'node_modules/typescript': `-> ${dirname(require.resolve('typescript/package.json'))}` };
  const decorated = {
    'src/jobs/report.ts':
      "function kept(target: object, key: string): void {\n  console.log((Reflect as any).types?.map(({ name }: Function) => name).join(' '));\n}\nclass Report { @kept day: Date = new Date(); }\nvoid [Report, __dirname];\n",
    'src/jobs/types.ts': '',
  };
  const recording = {
    ...decorated,
    'src/jobs/report.ts': `import './types';\n${decorated['src/jobs/report.ts']}`,
    'src/jobs/types.ts':
      'Object.assign(Reflect, { types: [], metadata: (_: string, type: Function) => () => { (Reflect as any).types.push(type); } });\nexport {};\n',
  };
  const settings = (more: object) => JSON.stringify({ compilerOptions: { experimentalDecorators: true, ...more } });

  it('keep the types of decorated members by themselves, also where they are extended', async () => {
    const files = {
      ...recording,
      ...typescript,
      'tsconfig.base.json': settings({ emitDecoratorMetadata: true }),
      'src/tsconfig.json': '{"extends":"../tsconfig.base.json"}',
    };
    expect(await output(files)).toBe('Date');
    expect(await output({ ...recording, ...typescript, 'tsconfig.json': settings({}) })).toBe('');
    const off = { languageSpecificConfig: { emitTsDecoratorMetadata: false } };
    expect(await output(files, off)).toBe('');
  });

  it('are refused if there is no compiler to follow them, and only for files with decorators', () => {
    const files = { ...decorated, 'tsconfig.json': settings({ emitDecoratorMetadata: true }) };
    expect(refusals(files)).toEqual([
      'emitDecoratorMetadata in the tsconfig.json of "src/jobs/report.ts", and the package typescript, which keeps the types, is not installed there or above\n-> install typescript in the project of the file, or set emitTsDecoratorMetadata to false',
    ]);
    expect(refusals({ ...files, 'src/jobs/report.ts': 'void 0;\n' })).toEqual([]);
  });

  it('are refused if the compiler is one that cannot be called', () => {
    const files = {
      ...decorated,
      'tsconfig.json': settings({ emitDecoratorMetadata: true }),
      'node_modules/typescript/package.json': '{"name":"typescript","version":"7.0.1"}',
      'node_modules/typescript/index.js': "exports.version = '7.0.1';\n",
    };
    expect(refusals(files)).toEqual([
      expect.stringMatching(
        /and TypeScript 7\.0\.1, which cannot compile a single file\n-> install typescript 5 in the project/,
      ),
    ]);
  });

  it('of the part of a project that holds the file count, where the nearest file only refers to parts', async () => {
    const files = {
      'src/jobs/report.ts': "import '@lib/a';\n",
      'src/lib/a.ts': "console.log('from lib');\n",
      'tsconfig.json': '{"files":[],"references":[{"path":"./tsconfig.test.json"},{"path":"./tsconfig.app.json"}]}',
      'tsconfig.test.json': '{"include":["test"]}',
      'tsconfig.app.json': '{"compilerOptions":{"paths":{"@lib/*":["./src/lib/*"]}},"include":["src"]}',
    };
    expect(await output(files)).toBe('from lib');
  });

  it('for JSX count, also in code that asks for its place', async () => {
    const files = {
      'src/jobs/report.tsx':
        'const element = (name: string) => [name];\nconsole.log(JSON.stringify(<p/>), __dirname);\n',
      'tsconfig.json': '{"compilerOptions":{"jsx":"react","jsxFactory":"element"}}',
    };
    expect(await output(files, { entryfilePath: 'src/jobs/report.tsx' })).toBe('["p"] /app/src/jobs');
  });

  it('make the same bytes in two folders', () => {
    const files = { ...recording, ...typescript, 'tsconfig.json': settings({ emitDecoratorMetadata: true }) };
    const [one, other] = [context(files), context(files)];
    expect(contextDigest(one)).toBe(contextDigest(other));
    expect(textOf(one.files, 'app/src/jobs/report.mjs.map')).not.toContain('context-');
  });
});
