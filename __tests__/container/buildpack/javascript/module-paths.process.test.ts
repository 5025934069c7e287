import { removeFolders } from '../../folder';
import { context, type Files, type Given, inImage, output, started } from './job';

afterEach(removeFolders);

const FORMATS = ['esm', 'cjs'] as const;
const log = (...expressions: string[]) => `console.log(JSON.stringify([${expressions.join(', ')}]));\n`;

describe.each(FORMATS)('code in a bundle of %s', (outputModuleFormat) => {
  const settings: Given = { languageSpecificConfig: { outputModuleFormat } };
  const ending = outputModuleFormat === 'esm' ? 'mjs' : 'cjs';

  it('is at the place of its source', () => {
    expect(inImage(context({ 'src/jobs/report.ts': '' }, settings))).toEqual([`app/src/jobs/report.${ending}`]);
  });

  it('finds what is included next to each of its files', async () => {
    const files = {
      'src/jobs/report.ts':
        "import { readFileSync } from 'node:fs';\nimport path from 'node:path';\nimport { text } from '../lib/text';\n" +
        log(
          "readFileSync(path.join(__dirname, 'templates', ['a', 'html'].join('.')), 'utf8')",
          "readFileSync(new URL(['.', 'templates', 'a.html'].join('/'), import.meta.url), 'utf8')",
          'text',
        ),
      'src/lib/text.ts':
        "import { readFileSync } from 'node:fs';\nimport { join } from 'node:path';\nconst name = () => 'b.txt';\nexport const text = readFileSync(join(import.meta.dirname, name()), 'utf8');\n",
      'src/jobs/templates/a.html': 'A',
      'src/lib/b.txt': 'B',
    };
    const included = { includeFiles: ['src/jobs/templates/**', 'src/lib/*.txt'] };
    expect(await output(files, { ...settings, ...included })).toBe('["A","A","B"]');
  });

  it('is asked for its place in every way', async () => {
    const files = {
      'src/jobs/report.ts': `import { places } from '../lib/places';\n${log('__filename', '__dirname', 'import.meta.url', '...places')}`,
      'src/lib/places.ts':
        "import { fileURLToPath } from 'node:url';\nconst file = fileURLToPath(import.meta.url);\nexport const places = [file, __filename, __dirname, import.meta.filename, import.meta.dirname];\n",
    };
    expect(JSON.parse(await output(files, settings))).toEqual([
      `/app/src/jobs/report.${ending}`,
      '/app/src/jobs',
      `file:///app/src/jobs/report.${ending}`,
      '/app/src/lib/places.ts',
      '/app/src/lib/places.ts',
      '/app/src/lib',
      '/app/src/lib/places.ts',
      '/app/src/lib',
    ]);
  });

  it('may name its place itself', async () => {
    const files = {
      'src/jobs/report.ts':
        "import { dirname } from 'node:path';\nimport { fileURLToPath } from 'node:url';\nimport '../lib/other';\nconst __filename = fileURLToPath(import.meta.url);\nconst __dirname = dirname(__filename);\nconsole.log(__dirname);\n",
      'src/lib/other.ts':
        "import { dirname } from 'node:path';\nimport { fileURLToPath } from 'node:url';\nconst __dirname = dirname(fileURLToPath(import.meta.url));\nconsole.log(__dirname);\n",
    };
    expect(await output(files, settings)).toBe('/app/src/lib\n/app/src/jobs');
  });

  it.each<[string, string, string]>([
    ['require.main', 'require.main === module', '.ts'],
    ['module.parent', '!module.parent', '.ts'],
    ['import.meta.main', 'import.meta.main', '.ts'],
    ['the URL', 'import.meta.url === pathToFileURL(process.argv[1]).href', '.ts'],
    ['the path', 'process.argv[1] === fileURLToPath(import.meta.url)', '.ts'],
  ])('knows whether it is the program: %s', async (_, asked) => {
    const code = "import { fileURLToPath, pathToFileURL } from 'node:url';\nvoid [fileURLToPath, pathToFileURL];\n";
    const files = {
      'src/jobs/report.ts': `${code}import './other';\nif (${asked}) console.log('report');\n`,
      'src/jobs/other.ts': `${code}if (${asked}) console.log('other');\nexport {};\n`,
    };
    expect(await output(files, settings)).toBe('report');
  });

  it('knows it in CommonJS', async () => {
    const files = {
      'src/jobs/report.js':
        "require('./other');\nif (require.main === module) console.log('report', require.main.filename);\n",
      'src/jobs/other.js': "if (require.main === module || !module.parent) console.log('other');\n",
    };
    expect(await output(files, { ...settings, entryfilePath: 'src/jobs/report.js' })).toBe(
      `report /app/src/jobs/report.${ending}`,
    );
  });

  it('starts threads and processes from files of their own, each at its place', async () => {
    const say = (name: string) => `import { log } from '../lib/log';\nlog('${name}', __filename);\n`;
    const files: Files = {
      'src/lib/log.ts': 'export const log = (...words: string[]) => console.log(words.join(" "));\n',
      'src/jobs/report.ts': [
        "import { fork } from 'node:child_process';\nimport { once } from 'node:events';\nimport path from 'node:path';\nimport { fileURLToPath } from 'node:url';\nimport { Worker } from 'node:worker_threads';",
        'const here = path.dirname(fileURLToPath(import.meta.url));',
        "await once(new Worker(new URL('./a.js', import.meta.url)), 'exit');",
        "await once(new Worker(path.join(__dirname, '..', 'workers', 'b.ts')), 'exit');",
        "await once(new Worker('./src/workers/c.js', { workerData: 1 }), 'exit');",
        "await once(fork(new URL('../workers/d', import.meta.url)), 'exit');",
        "await once(fork(path.resolve(here, '../workers/e.js')), 'exit');",
        "const f = require.resolve('../workers/f');\nawait once(fork(f, ['x']), 'exit');",
      ]
        .map((line) => (outputModuleFormat === 'esm' ? line : line.replaceAll('await ', 'void ')))
        .join('\n'),
      'src/jobs/a.ts': say('a'),
      'src/workers/b.ts': say('b'),
      'src/workers/c.ts': say('c'),
      'src/workers/d.ts': say('d'),
      'src/workers/e.ts': say('e'),
      'src/workers/f.ts': say('f'),
    };
    const lines = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) =>
      name === 'a' ? `a /app/src/jobs/a.${ending}` : `${name} /app/src/workers/${name}.${ending}`,
    );
    expect((await output(files, settings)).split('\n').sort()).toEqual(lines);
  });

  it('starts itself as a thread', async () => {
    const files = {
      'src/jobs/report.ts': "import '../lib/pool';\n",
      'src/lib/pool.ts':
        "import { isMainThread, Worker } from 'node:worker_threads';\nif (isMainThread) new Worker(__filename);\nelse console.log('thread');\n",
    };
    expect(await output(files, settings)).toBe('thread');
  });

  it('requires by what createRequire made', async () => {
    const files = {
      'src/jobs/report.mts':
        "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\nconst other = createRequire(import.meta.url);\nconst { name } = require('../package.json');\nconsole.log(name, require('plain'), other('./b.cjs'), createRequire(import.meta.url)('./b.cjs'));\n",
      'src/jobs/b.cjs': "module.exports = 'b';\n",
      'src/package.json': '{"name":"jobs"}',
      'node_modules/plain/package.json': '{"name":"plain"}',
      'node_modules/plain/index.js': "module.exports = 'plain is here';\n",
    };
    const made = context(files, { ...settings, entryfilePath: 'src/jobs/report.mts' });
    expect(inImage(made)).toEqual([`app/src/jobs/report.${ending}`]);
    expect((await started(made)).stdout).toBe('jobs plain is here b b\n');
  });

  it('imports files that it names by their place', async () => {
    const files = {
      'src/jobs/report.ts':
        "import { join } from 'node:path';\nimport { pathToFileURL } from 'node:url';\nconst all = [import(new URL('./a.js', import.meta.url).href), import(pathToFileURL(join(__dirname, 'b.js')).href), import(`./${process.argv.length > 0 ? 'c' : 'd'}.ts`)];\nvoid Promise.all(all).then((found) => console.log(found.map(({ name }) => name).join(' ')));\n",
      'src/jobs/a.ts': "export const name = 'a';\n",
      'src/jobs/b.ts': "export const name = 'b';\n",
      'src/jobs/c.ts': "export const name = 'c';\n",
    };
    expect(await output(files, settings)).toBe('a b c');
  });

  it('is sent the files that it names by their place', async () => {
    const files = {
      'src/jobs/report.ts':
        "import { readFileSync } from 'node:fs';\nimport path from 'node:path';\nconst read = (file: string | URL) => readFileSync(file, 'utf8').trim();\n" +
        log(
          "read(path.join(__dirname, 'a.html'))",
          "read(new URL('../../data/b.csv', import.meta.url))",
          'read(`${__dirname}/c.js`)',
        ),
      'src/jobs/a.html': 'A',
      'data/b.csv': 'B',
      'src/jobs/c.js': 'C',
      'data/other.csv': '',
    };
    const made = context(
      {
        ...files,
        'src/jobs/report.ts': files['src/jobs/report.ts'].replace(
          'read(`${__dirname}/c.js`)',
          'readFileSync(`${__dirname}/c.js`, "utf8")',
        ),
      },
      settings,
    );
    expect(inImage(made)).toEqual([
      'app/data/b.csv',
      'app/src/jobs/a.html',
      'app/src/jobs/c.js',
      `app/src/jobs/report.${ending}`,
    ]);
    expect((await started(made)).stdout).toBe('["A","B","C"]\n');
  });
});
