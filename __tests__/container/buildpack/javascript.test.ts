import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type BuildContext, contextDigest } from '../../../modules/container/build-context';
import type { BuildpackProperties } from '../../../modules/container/buildpack/language';
import { imageBuildpackContext } from '../../../modules/container/image-buildpack';
import { bytes, tar } from '../../../modules/container/tar';
import { folder, removeFolders } from '../folder';
import { run, unpacked } from '../resolver/image-process';
import { ObjectStore } from '../resolver/object-store';
import { textOf } from './made';

type Given = Omit<BuildpackProperties, 'entryfilePath'> & { readonly entryfilePath?: string };

const JOB = {
  'jobs/nightly.ts':
    "import { text } from './text';\nconst day: string = text();\nconsole.log(JSON.stringify([day, process.env.STP_TRIGGER_EVENT_DATA]));\n",
  'jobs/text.ts': "export const text = () => 'today';\n",
};

function result(files: { readonly [path: string]: string }, properties: Given = {}) {
  return imageBuildpackContext({ entryfilePath: 'jobs/nightly.ts', ...properties }, 'x86_64', folder(files));
}

function context(files: { readonly [path: string]: string }, properties: Given = {}): BuildContext {
  const made = result(files, properties);
  if ('problems' in made) throw new Error(JSON.stringify(made.problems, null, 2));
  return made.context;
}

function problems(files: { readonly [path: string]: string }, properties: Given = {}) {
  const made = result(files, properties);
  return 'problems' in made ? made.problems : [];
}

const paths = ({ files }: BuildContext) => files.map(({ path }) => path);
const file = ({ files }: BuildContext, wanted: string) => textOf(files, wanted);
const dockerfile = (made: BuildContext) => file(made, 'Dockerfile').trim().split('\n');

/** Runs an image's command where the image would have it. */
async function started(made: BuildContext, env: { readonly [name: string]: string }, args: readonly string[] = []) {
  const { dir, remove } = unpacked(made);
  try {
    const command = JSON.parse(dockerfile(made).at(-1)?.replace(/^CMD /, '') ?? '') as string[];
    const here = command.map((word) => word.replace('/opt/stp', dir).replace(/^\/app/, join(dir, 'app')));
    return await run([process.execPath, ...here.slice(1), ...args], join(dir, 'app'), env);
  } finally {
    remove();
  }
}

afterEach(removeFolders);

describe('the context', () => {
  it('is one bundle with its source map, what starts it, and a Dockerfile', () => {
    const made = context(JOB);
    expect(paths(made)).toEqual(['Dockerfile', 'app/jobs/nightly.mjs', 'app/jobs/nightly.mjs.map', 'start.cjs']);
    expect(dockerfile(made)).toEqual([
      'FROM public.ecr.aws/docker/library/node:24.21.0-alpine3.24',
      'RUN mkdir -p /app && chown 1000:1000 /app',
      'WORKDIR /app',
      'ENV NODE_ENV=production',
      'COPY start.cjs /opt/stp/',
      'COPY --chown=1000:1000 app/ ./',
      'USER 1000:1000',
      'CMD ["node","--enable-source-maps","/opt/stp/start.cjs","/app/jobs/nightly.mjs"]',
    ]);
    expect(made).toMatchObject({ init: true });
  });

  it('has the same digest and bytes in two folders', () => {
    const [one, other] = [context(JOB), context(JOB)];
    expect(contextDigest(one)).toBe(contextDigest(other));
    expect(Buffer.concat([...tar(one.files)]).equals(Buffer.concat([...tar(other.files)]))).toBe(true);
  });

  it('changes with what is imported', () => {
    const other = context({ ...JOB, 'jobs/text.ts': "export const text = () => 'tomorrow';\n" });
    expect(contextDigest(other)).not.toBe(contextDigest(context(JOB)));
  });

  it('follows every setting', () => {
    const made = context(
      { ...JOB, 'data/a.csv': 'a', 'data/b.csv': 'b', 'data/.hidden': 'c' },
      {
        includeFiles: ['data/**'],
        excludeFiles: ['**/b.csv'],
        requiresGlibcBinaries: true,
        customDockerBuildCommands: ['apt-get install --yes ffmpeg'],
        languageSpecificConfig: { nodeVersion: 20, outputModuleFormat: 'cjs', disableSourceMaps: true },
      },
    );
    expect(paths(made)).toEqual([
      'Dockerfile',
      'app/data/.hidden',
      'app/data/a.csv',
      'app/jobs/nightly.cjs',
      'start.cjs',
    ]);
    expect(dockerfile(made)).toEqual([
      'FROM public.ecr.aws/docker/library/node:20.20.2-bookworm-slim',
      'RUN mkdir -p /app && chown 1000:1000 /app',
      'WORKDIR /app',
      'ENV NODE_ENV=production',
      'RUN apt-get install --yes ffmpeg',
      'COPY start.cjs /opt/stp/',
      'COPY --chown=1000:1000 app/ ./',
      'USER 1000:1000',
      'CMD ["node","/opt/stp/start.cjs","/app/jobs/nightly.cjs"]',
    ]);
  });

  it('reads the tsconfig.json that is named', () => {
    const made = context(
      {
        'jobs/nightly.ts': "import { text } from '@lib/text';\nconsole.log(text);\n",
        'lib/text.ts': "export const text = 'from lib';\n",
        'config/tsconfig.build.json': '{"compilerOptions":{"paths":{"@lib/*":["../lib/*"]}}}',
      },
      { languageSpecificConfig: { tsConfigPath: 'config/tsconfig.build.json' } },
    );
    expect(file(made, 'app/jobs/nightly.mjs')).toContain('from lib');
  });

  it('keeps a copy of the source map where it is asked for', () => {
    const made = context(JOB, { languageSpecificConfig: { outputSourceMapsTo: 'maps' } });
    expect(made.copies?.map(({ path }) => path.endsWith(join('maps', 'nightly.mjs.map')))).toEqual([true]);
    expect(bytes(made.copies?.[0]?.content ?? Buffer.alloc(0)).toString()).toBe(file(made, 'app/jobs/nightly.mjs.map'));
  });
});

describe('a problem', () => {
  it.each<[string, { readonly [path: string]: string }, Given, string[], string]>([
    ['a missing file', {}, {}, ['entryfilePath'], '"jobs/nightly.ts": no such file'],
    ['a folder', { 'jobs/nightly.ts/x': '' }, {}, ['entryfilePath'], '"jobs/nightly.ts": a folder'],
    [
      'an import that does not resolve',
      { 'jobs/nightly.ts': "import './missing';\n" },
      {},
      ['entryfilePath'],
      '"jobs/nightly.ts", which cannot be bundled:\njobs/nightly.ts:1:8: Could not resolve "./missing"',
    ],
    ['a file that is not included', JOB, { includeFiles: ['data/*'] }, ['includeFiles', '0'], '"data/*": no such file'],
    [
      'a tsconfig.json that is not there',
      JOB,
      { languageSpecificConfig: { tsConfigPath: 'tsconfig.json' } },
      ['languageSpecificConfig', 'tsConfigPath'],
      '"tsconfig.json": no such file',
    ],
    [
      'another language',
      { 'jobs/nightly.pl': '' },
      { entryfilePath: 'jobs/nightly.pl' },
      ['entryfilePath'],
      '"jobs/nightly.pl"',
    ],
  ])('is %s', (_, files, properties, property, found) => {
    expect(problems(files, properties).map((one) => [one.property.map(String), one.found])).toEqual([
      [property, found],
    ]);
  });

  it('is a file outside of the folder', () => {
    const root = folder({ 'outside.csv': '', 'in/jobs/nightly.ts': '' });
    const properties = { entryfilePath: 'jobs/nightly.ts', includeFiles: ['../*.csv'] };
    const made = imageBuildpackContext(properties, 'x86_64', join(root, 'in'));
    expect('problems' in made && made.problems[0]?.found).toBe('"../*.csv": ../outside.csv');
  });
});

describe('the bundle, run as a process', () => {
  const store = new ObjectStore();
  const large = JSON.stringify({ records: 'é'.repeat(300_000) });

  beforeAll(() => store.start());
  afterAll(() => store.stop());
  beforeEach(() => {
    store.requests.length = 0;
    store.failures = 0;
  });

  it.each(['esm', 'cjs'] as const)('gets a small event as it is, without a request: %s', async (outputModuleFormat) => {
    const made = context(JOB, { languageSpecificConfig: { outputModuleFormat } });
    const { status, stdout, stderr } = await started(made, store.environment('{"a":1}'));
    expect([status, stderr, stdout]).toEqual([0, '', '["today","{\\"a\\":1}"]\n']);
    expect(store.requests).toEqual([]);
  });

  it('runs without any event', async () => {
    const { PATH = '' } = process.env;
    expect((await started(context(JOB), { PATH })).stdout).toBe('["today",null]\n');
  });

  it.each(['esm', 'cjs'] as const)('gets a large event that was referred to: %s', async (outputModuleFormat) => {
    const made = context(
      {
        'jobs/nightly.ts':
          "import { readFileSync } from 'node:fs';\nconst text = process.env.STP_TRIGGER_EVENT_DATA ?? '';\nconsole.log(JSON.parse(text).records.length, readFileSync(process.env.STP_TRIGGER_EVENT_FILE ?? '', 'utf8') === text);\n",
      },
      { languageSpecificConfig: { outputModuleFormat } },
    );
    const { status, stdout, stderr } = await started(made, store.environment(store.store(large)));
    expect([status, stderr, stdout]).toEqual([0, '', '300000 true\n']);
  });

  it("signs with the credentials of the job's role, and tries again while S3 is busy", async () => {
    store.failures = 2;
    const { status, stdout } = await started(context(JOB), store.roleEnvironment(store.store('{"b":2}')));
    expect([status, stdout]).toEqual([0, '["today","{\\"b\\":2}"]\n']);
    expect(store.requests.at(-1)).toMatch(/^GET \/events\//);
  });

  it.each<[string, (input: string) => string, RegExp]>([
    ['that is gone', (input) => input.replace('nightly-1', 'nightly-2'), /NoSuchKey \(HTTP 404\): gone/],
    [
      'that was changed',
      (input) => input.replace(/"sha256":"./, '"sha256":"x'),
      /has the SHA-256 [0-9a-f]{64} and not x/,
    ],
  ])('does not start the job with an event %s', async (_, change, message) => {
    const made = context({ 'jobs/nightly.ts': "console.log('started');\n" });
    const { status, stdout, stderr } = await started(made, store.environment(change(store.store(large))));
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^The job's event could not be read from s3:\/\/events\/nightly\//);
  });

  it.each([
    ['AWS_REGION', 'AWS_REGION is not set'],
    ['AWS_ACCESS_KEY_ID', 'there are no AWS credentials'],
  ])('says what is missing: %s', async (name, message) => {
    const { [name]: _, ...env } = store.environment(store.store(large));
    expect((await started(context(JOB), env)).stderr).toContain(message);
  });

  it.each([
    ['an event of ones own that looks alike', '{"stpPayload":{"s3Uri":"x"}}'],
    ['more beside it', '{"stpPayload":{"s3Uri":"s3://a/b","sha256":"c","bytes":1},"more":1}'],
    ['no JSON', 'stpPayload'],
  ])('takes for an event what is no reference: %s', async (_, event) => {
    expect(JSON.parse((await started(context(JOB), store.environment(event))).stdout)).toEqual(['today', event]);
  });

  it('shows lines of the source in stack traces', async () => {
    const made = context({ 'jobs/nightly.ts': "\n\ntype A = 1;\nthrow new Error('broken');\n" });
    const { status, stderr } = await started(made, {});
    expect(status).toBe(1);
    expect(stderr).toContain('nightly.ts:4:7');
  });

  it('is the main program, with its arguments', async () => {
    const text =
      'import { pathToFileURL } from "node:url";\nconsole.log(import.meta.url === pathToFileURL(process.argv[1] ?? "").href, process.argv.slice(2));\n';
    const { stdout } = await started(context({ 'jobs/nightly.ts': text }), {}, ['--day', 'today']);
    expect(stdout).toBe("true [ '--day', 'today' ]\n");
  });

  describe('keeps the types of decorated members', () => {
    const typescript = { 'node_modules/typescript': `-> ${dirname(require.resolve('typescript/package.json'))}` };
    const settings = { languageSpecificConfig: { emitTsDecoratorMetadata: true } };
    const decorated = {
      'jobs/nightly.ts':
        "import { kept } from './kept';\nclass Report { @kept day: Date = new Date(); }\nvoid Report;\nthrow new Error('line 4 of the source'.slice(0, 0));\n",
      'jobs/kept.ts':
        "const types: unknown[] = [];\nObject.assign(Reflect, { metadata: (key: string, type: { name: string }) => () => { types.push([key, type.name]); } });\nexport function kept(_: object, __: string): void {\n  setImmediate(() => console.log(JSON.stringify(types)));\n}\nprocess.on('uncaughtException', ({ stack }) => console.log(stack?.split('\\n').find((line) => line.includes('nightly.ts'))));\n",
    };

    it('by the compiler of the project, with traces that name lines of the source', async () => {
      const image = context({ ...decorated, ...typescript }, settings);
      const { stdout, stderr } = await started(image, {});
      expect(stderr).toBe('');
      expect(stdout).toContain('[["design:type","Date"]]');
      expect(stdout).toMatch(/nightly\.ts:4:7/);
    });

    it('with the same bytes in two folders', () => {
      const [one, other] = [1, 2].map(() => context({ ...decorated, ...typescript }, settings));
      expect(one && contextDigest(one)).toBe(other && contextDigest(other));
    });

    it('not without a compiler', () => {
      expect(problems(decorated, settings)).toEqual([
        expect.objectContaining({
          property: ['languageSpecificConfig', 'emitTsDecoratorMetadata'],
          fix: 'install typescript in the project of the file, or set emitTsDecoratorMetadata to false',
        }),
      ]);
    });

    it('and reports an import that does not resolve as ever', () => {
      const files = { 'jobs/nightly.ts': "import './missing'; // @\n", ...typescript };
      expect(problems(files, settings)[0]?.found).toContain('Could not resolve "./missing"');
    });
  });

  it('runs CommonJS packages in a bundle of ES modules', async () => {
    const made = context({
      'jobs/nightly.ts': "import p from 'plain';\nconsole.log(p);\n",
      'node_modules/plain/package.json': '{"name":"plain","main":"index.js"}',
      'node_modules/plain/index.js':
        "const { sep } = require('path');\nmodule.exports = [sep, typeof require('node:fs').statSync];\n",
    });
    expect((await started(made, {})).stdout).toBe("[ '/', 'function' ]\n");
  });
});

it('writes the source map when the stack is made, not before', () => {
  const root = folder(JOB);
  const made = imageBuildpackContext(
    { entryfilePath: 'jobs/nightly.ts', languageSpecificConfig: { outputSourceMapsTo: 'maps' } },
    'x86_64',
    root,
  );
  expect('context' in made).toBe(true);
  expect(existsSync(join(root, 'maps'))).toBe(false);
  expect(readFileSync(join(root, 'jobs/nightly.ts'), 'utf8')).toBe(JOB['jobs/nightly.ts']);
});
