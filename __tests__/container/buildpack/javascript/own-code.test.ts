import { removeFolders } from '../../folder';
import { context, type Files, type Given, inImage, refusals, result } from './job';

afterEach(removeFolders);

describe('a thread or process', () => {
  const refused = (code: string, more: Files = {}, properties: Given = {}) =>
    refusals({ 'src/jobs/report.ts': code, ...more }, properties);
  const threads = "import { Worker } from 'node:worker_threads';\nimport * as processes from 'child_process';\n";

  it.each<[string, string, string]>([
    [
      'of a path that only running it shows',
      'new Worker(process.argv[2]);',
      'src/jobs/report.ts:3:1: Worker(process.argv[2])',
    ],
    [
      'of a file that is not there',
      "new Worker('./gone.js');",
      'src/jobs/report.ts:3:1: Worker("./gone.js"): no such file',
    ],
    ['as a process', 'processes.fork(process.argv[2]);', 'src/jobs/report.ts:3:1: processes.fork(process.argv[2])'],
  ])('is refused: %s', (_, code, line) => {
    expect(refused(`${threads}${code}\n`)).toEqual([
      expect.stringContaining(
        `code that imports or starts what only running it shows, or what is not there:\n${line}\n-> write the path out`,
      ),
    ]);
  });

  it('of a path that only running it shows is taken if there is code beside the bundle', () => {
    const files = { 'src/workers/a.js': '' };
    const included = { includeFiles: ['src/workers/*'] };
    expect(refused(`${threads}new Worker(process.argv[2]);\n`, files, included)).toEqual([]);
  });

  it('is nothing else: code of a string, a page, a class of the same name', () => {
    const code = `${threads}import { Worker as Queue } from 'other';\nnew Worker('1', { eval: true });\nnew Worker(new URL('data:text/javascript,1'));\nnew Queue('mail', './gone.js');\nnew (class Worker {})('x');\n`;
    const other = {
      'node_modules/other/index.js': 'exports.Worker = class {};\n',
      'node_modules/other/package.json': '{}',
    };
    expect(refused(code, other)).toEqual([]);
  });
});

describe('an import', () => {
  it.each<[string, string]>([
    ['of a name that only running it shows', 'await import(process.argv[2]);'],
    ['by require', 'require(process.argv[2]);'],
    ['by another name of require', 'const load = require;\nload("./a");'],
  ])('is refused: %s', (_, code) => {
    const [line = ''] = code.split('\n');
    expect(refusals({ 'src/jobs/report.ts': `type A = string;\n${code}\n`, 'src/jobs/a.ts': '' })).toEqual([
      expect.stringContaining(`what is not there:\nsrc/jobs/report.ts:2:`),
    ]);
    expect(refusals({ 'src/jobs/report.ts': `type A = string;\n${code}\n` })[0]).toContain(line);
  });

  it('of such a name is taken if files or packages beside the bundle may be meant', () => {
    const files = {
      'src/jobs/report.ts': 'void import(process.argv[2]);\n',
      'tasks/a.mjs': '',
      'package.json': '{"dependencies":{"task":"1"}}',
      'package-lock.json': '{"lockfileVersion":3}',
    };
    expect(refusals(files, { includeFiles: ['tasks/*'] })).toEqual([]);
  });

  it('of a pattern that no file has names the way out', () => {
    const files = {
      'src/jobs/report.ts': "void import('./tasks/' + process.argv[2] + '.js');\n",
      'src/jobs/tasks/a.ts': '',
    };
    expect(refusals(files)).toEqual([
      expect.stringMatching(
        /imports by a pattern that no file has:\nsrc\/jobs\/report.ts:1:13: .*tasks.*\n-> write the path with the ending/,
      ),
    ]);
  });
});

describe('a place', () => {
  it('of a folder is told if nothing of it is sent', () => {
    const files = {
      'src/jobs/report.ts':
        "import { readdirSync } from 'node:fs';\nvoid readdirSync(new URL('./templates', import.meta.url));\n",
      'src/jobs/templates/a.html': '',
    };
    const notes = (properties: Given) => {
      const made = result(files, properties);
      return 'context' in made ? made.context.notes : undefined;
    };
    expect(notes({})).toEqual([
      {
        property: ['includeFiles'],
        message:
          'The code names "src/jobs/templates", which is not in the image. If the job needs it, name its files in includeFiles.',
      },
    ]);
    expect(notes({ includeFiles: ['src/jobs/templates/*'] })).toEqual([]);
  });

  it('of code outside of the folders of config and entry is refused', () => {
    const root = {
      'in/src/jobs/report.ts': "import '../../../other/place';\n",
      'other/place.ts': 'console.log(__dirname);\n',
    };
    expect(refusals(root, {}, 'in')).toEqual([
      expect.stringMatching(/outside of the folders .*other\/place\.ts"\n-> move/),
    ]);
  });

  it('above the config is that of the nearest folder that holds both', () => {
    const made = context(
      { 'in/a.yml': '', 'src/jobs/report.ts': '', 'in/data.csv': '' },
      { entryfilePath: '../src/jobs/report.ts', includeFiles: ['*.csv'] },
      'in',
    );
    expect(inImage(made)).toEqual(['app/in/data.csv', 'app/src/jobs/report.mjs']);
  });
});
