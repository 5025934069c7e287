import type { Message } from 'esbuild';
import { failure } from '../../../../modules/container/buildpack/javascript/failures';
import type { BuildpackSource } from '../../../../modules/container/buildpack/language';
import { removeFolders } from '../../folder';
import { type Files, refusals } from './job';

afterEach(removeFolders);

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
    const all = refusals(files);
    expect(all).toEqual([expect.stringMatching(/^"src\/jobs\/report.ts", which cannot be bundled:\n/)]);
    expect(all[0]).toContain(found);
    expect(all[0]).toMatch(new RegExp(`\n-> ${fix.replace(/[.()]/g, '\\$&')}$`));
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

it('a bundler that ended is no fault of a line of code', () => {
  const error = { id: 'bundler-ended', text: 'the bundler ended: no memory', location: null } as unknown as Message;
  const source = { entry: '/app/a.ts', properties: { entryfilePath: 'a.ts' } } as BuildpackSource;
  expect(failure([error], '/app', source).problems).toMatchObject([
    {
      found: '"a.ts", which cannot be bundled:\nthe bundler ended: no memory',
      fix: 'synthesize again. If memory runs out again, set NODE_OPTIONS=--max-old-space-size=8192',
    },
  ]);
});
