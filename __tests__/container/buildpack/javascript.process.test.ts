import { dirname, join } from 'node:path';
import { type BuildContext, contextDigest } from '../../../modules/container/build-context';
import { removeFolders } from '../folder';
import { run, unpacked } from '../resolver/image-process';
import { ObjectStore } from '../resolver/object-store';
import { context, JOB, problems } from './javascript/nightly';
import { dockerfileOf } from './made';

/** Runs an image's command where the image would have it. */
async function started(made: BuildContext, env: { readonly [name: string]: string }, args: readonly string[] = []) {
  const { dir, remove } = unpacked(made);
  try {
    const command = JSON.parse(dockerfileOf(made).at(-1)?.replace(/^CMD /, '') ?? '') as string[];
    const here = command.map((word) => word.replace('/opt/stp', dir).replace(/^\/app/, join(dir, 'app')));
    return await run([process.execPath, ...here.slice(1), ...args], join(dir, 'app'), env);
  } finally {
    remove();
  }
}

afterEach(removeFolders);

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
