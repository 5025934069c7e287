import { removeFolders } from '../../folder';
import { textOf } from '../made';
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
      'src/jobs/report.ts:3:1: Worker("./gone.js"): the file does not exist',
    ],
    ['as a process', 'processes.fork(process.argv[2]);', 'src/jobs/report.ts:3:1: processes.fork(process.argv[2])'],
  ])('is refused: %s', (_, code, line) => {
    expect(refused(`${threads}${code}\n`)).toEqual([
      expect.stringContaining(
        `code that imports or starts files which do not exist or are known only at run time:\n${line}\n-> write the path out`,
      ),
    ]);
  });

  it('of a path that only the running program knows is accepted if there is code next to the bundle', () => {
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
    ['of a name that is known only at run time', 'await import(process.argv[2]);'],
    ['by require', 'require(process.argv[2]);'],
    ['by another name of require', 'const load = require;\nload("./a");'],
  ])('is refused: %s', (_, code) => {
    const [line = ''] = code.split('\n');
    expect(refusals({ 'src/jobs/report.ts': `type A = string;\n${code}\n`, 'src/jobs/a.ts': '' })).toEqual([
      expect.stringContaining(`known only at run time:\nsrc/jobs/report.ts:2:`),
    ]);
    expect(refusals({ 'src/jobs/report.ts': `type A = string;\n${code}\n` })[0]).toContain(line);
  });

  it('of such a name is accepted if it can mean files or packages next to the bundle', () => {
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
        /imports by a pattern that no file matches:\nsrc\/jobs\/report.ts:1:13: .*tasks.*\n-> write the path with the ending/,
      ),
    ]);
  });
});

describe('a place', () => {
  it('of a folder is noted if nothing of it is sent', () => {
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
          'the code names "src/jobs/templates", which is not in the image. If the job needs it, add its files to includeFiles',
      },
    ]);
    expect(notes({ includeFiles: ['src/jobs/templates/*'] })).toEqual([]);
  });

  it('of code outside the folders of the config and the entry file is refused', () => {
    const root = {
      'in/src/jobs/report.ts': "import '../../../other/place';\n",
      'other/place.ts': 'console.log(__dirname);\n',
    };
    expect(refusals(root, {}, 'in')).toEqual([
      expect.stringMatching(/outside the folders .*other\/place\.ts"\n-> move/),
    ]);
  });

  it('above the config is that of the nearest folder that holds both', () => {
    const made = context(
      { 'in/a.yml': '', 'src/jobs/report.ts': '', 'in/data.csv': '' },
      { entryfilePath: '../src/jobs/report.ts', includeFiles: ['*.csv'] },
      'in',
    );
    expect(inImage(made)).toEqual(['app/in/data.csv', 'app/src/jobs/report.mjs']);
    // Where the job starts, as it does where it is developed.
    expect(textOf(made.files, 'Dockerfile')).toContain(
      "RUN mkdir -p '/app/in' && chown 1000:1000 '/app/in'\nWORKDIR /app/in\n",
    );
  });
});

describe('a program that is started', () => {
  const threads =
    "import { fork, exec, execFile, spawn } from 'node:child_process';\nimport { Worker } from 'node:worker_threads';\nvoid [fork, exec, execFile, spawn, Worker];\n";
  const job = (code: string, more: Files = {}) => ({ 'src/jobs/report.ts': `${threads}${code}`, ...more });

  it('may be the job itself', () => {
    const files = job('fork(process.argv[1]);\nnew Worker(process.argv[1]);\nfork(require.main.filename);\n');
    expect(inImage(context(files))).toEqual(['app/src/jobs/report.mjs']);
  });

  it('may be named elsewhere than it is started', () => {
    const files = job(
      "import { start } from '../lib/pool';\nstart(new URL('../workers/a.js', import.meta.url));\nnew Worker(process.argv.length > 9 ? new URL('./b.js', import.meta.url) : './src/jobs/c.ts');\n",
      {
        'src/lib/pool.ts':
          "import { Worker } from 'worker_threads';\nexport const start = (file: URL) => new Worker(file);\n",
        'src/workers/a.ts': '',
        'src/jobs/b.ts': '',
      },
    );
    expect(inImage(context(files))).toEqual(['app/src/jobs/b.mjs', 'app/src/jobs/report.mjs', 'app/src/workers/a.mjs']);
  });

  it('may be a file as seen from the folder that the job starts in', () => {
    const files = job(
      "spawn('node', ['--no-warnings', 'src/workers/a.ts']);\nexecFile('./scripts/run.sh');\nexec('sh scripts/other.sh --all');\nspawn('node', ['--version']);\n",
      { 'src/workers/a.ts': '', 'scripts/run.sh*': '', 'scripts/other.sh': '' },
    );
    const made = context(files);
    expect(inImage(made)).toEqual([
      'app/scripts/other.sh',
      'app/scripts/run.sh',
      'app/src/jobs/report.mjs',
      'app/src/workers/a.mjs',
    ]);
    expect(made.files.find(({ path }) => path === 'app/scripts/run.sh')?.kind).toBe('executable');
  });

  it('is refused as part of a command, which no bundle is', () => {
    const files = job("exec('node src/workers/a.js');\n", { 'src/workers/a.js': '' });
    expect(refusals(files)).toEqual([expect.stringContaining('src/jobs/report.ts:4:1: exec("node src/workers/a.js")')]);
    expect(refusals(files, { includeFiles: ['src/workers/*'] })).toEqual([]);
  });
});

it('keeps a package out whose files the code names', () => {
  const files = {
    'src/jobs/report.ts':
      "import { join } from 'node:path';\nconsole.log(join(__dirname, '../../node_modules/plain/data'));\n",
    'node_modules/plain/data/a.csv': '',
    'node_modules/plain/package.json': '{"name":"plain"}',
  };
  expect(refusals(files)).toEqual([expect.stringContaining('"plain"')]);
});
