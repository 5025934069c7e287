import { dirname } from 'node:path';
import { contextDigest } from '../../../../modules/container/build-context';
import { removeFolders } from '../../folder';
import { textOf } from '../made';
import { context, output, refusals } from './job';

afterEach(removeFolders);

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
