import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { buildContexts } from '../../modules/container/build-plan';
import { loadConfig } from '../../modules/load';
import { documents, LocalProject, OWN } from '../cli/local/whole-program';
import { textOf } from '../container/buildpack/made';
import { describeWith } from './engines/availability';
import { BaseImages, baseImagesAvailable } from './engines/base-images';
import { podmanCommandAvailable } from './engines/podman';
import { type PodmanStorage, podmanStorage } from './engines/podman-storage';

const JAVASCRIPT = `
const { STP_TRIGGER_EVENT_DATA = '', STP_CURRENT_ATTEMPT, GREETING } = process.env;
const event = JSON.parse(STP_TRIGGER_EVENT_DATA);
console.log('attempt ' + STP_CURRENT_ATTEMPT + ': ' + GREETING + ' as ' + process.getuid());
console.log('event ' + (event.size === undefined ? STP_TRIGGER_EVENT_DATA : STP_TRIGGER_EVENT_DATA.length));
if (event.hang) setInterval(() => {}, 1000);
process.exitCode = event.exitCode ?? 0;
`;

const PYTHON = `
import json, os, sys
text = os.environ["STP_TRIGGER_EVENT_DATA"]
event = json.loads(text)
print("attempt " + os.environ["STP_CURRENT_ATTEMPT"] + ": " + os.environ["GREETING"] + " as " + str(os.getuid()))
print("event " + (text if "size" not in event else str(len(text))))
sys.exit(event.get("exitCode", 0))
`;

const LANGUAGES = [
  ['JavaScript', 'report.js', JAVASCRIPT],
  ['TypeScript', 'report.ts', `const typed: string = 'ts';\nvoid typed;\n${JAVASCRIPT}\nexport {};`],
  ['Python', 'report.py', PYTHON],
] as const;

describeWith(
  [podmanCommandAvailable(), baseImagesAvailable()],
  'npm run local in containers of Podman, whose base images are of Debian',
  () => {
    const before = { ...process.env };
    let storage: PodmanStorage;
    let bases: BaseImages;
    let project: LocalProject;

    beforeAll(async () => {
      storage = await podmanStorage();
      bases = new BaseImages(storage);
      Object.assign(process.env, storage.variables, { BUILDAH_ISOLATION: 'chroot', BATCH_JOBS_ENGINE: 'podman' });
    });

    afterAll(async () => {
      await storage?.dispose();
      process.env = { ...before };
    });

    beforeEach(() => {
      project = new LocalProject(mkdtempSync(join(tmpdir(), 'local-')));
    });

    afterEach(async () => {
      const { leftBehind, folder } = project;
      rmSync(folder, { recursive: true, force: true });
      const containers = await storage.podman('ps', '--all', '--external', '--quiet');
      expect({ leftBehind, containers }).toEqual({ leftBehind: [], containers: '' });
    });

    /** A job of one file that is retried, with the base images that its Dockerfile begins with. */
    async function entryFile(path: string, text: string, job: object = {}): Promise<void> {
      const packaging = { type: 'stacktape-image-buildpack', properties: { entryfilePath: path } };
      project.configure(packaging, {
        container: { environment: { GREETING: 'hello' } },
        job: { retryConfig: { attempts: 3, retryIntervalSeconds: 30 }, ...job },
      });
      project.write({ [path]: text });
      const loaded = await loadConfig(join(project.folder, 'jobs.json'));
      for (const { files } of buildContexts(loaded.config.resources, project.folder, 'jobs.json').values()) {
        await bases.provide(textOf(files, 'Dockerfile'));
      }
    }

    function event(content: object): string {
      project.write({ 'event.json': JSON.stringify(content) });
      return 'event.json';
    }

    test.each(LANGUAGES)(
      'an entry file in %s: one image, a container for each attempt, a large event, and its own exit code',
      async (_, path, text) => {
        await entryFile(path, text);
        const { code, stdout, stderr } = await project.run(['--json', '--fast', '--fail-attempts', '1']);
        expect([code, stderr]).toEqual([0, '']);
        const all = documents(stdout);
        expect(all.filter(({ type }) => type === 'image').map(({ action }) => action)).toEqual(['build', 'built']);
        expect(all.flatMap(({ type, by }) => (type === 'container' ? [by] : []))).toEqual(['podman', 'podman']);
        const output = all.flatMap(({ type, text }) => (type === 'output' ? [text] : []));
        expect(output).toEqual(['attempt 1: hello as 1000', 'event {}', 'attempt 2: hello as 1000', 'event {}']);

        const large = { size: 1, text: 'ü'.repeat(200_000) };
        const fetched = await project.run(['--event', event(large)]);
        expect(fetched.stdout).toContain('so the job reads it from the payload bucket');
        expect(fetched.stdout).toContain(`| event ${JSON.stringify(large).length}`);
        expect(fetched.code).toBe(0);

        const failed = await project.run(['--event', event({ exitCode: 7 }), '--json', '--fast']);
        expect(failed.code).toBe(1);
        const result = documents(failed.stdout).at(-1);
        expect(result).toMatchObject({ type: 'result', status: 'FAILED', attempts: 3 });
        expect(JSON.parse(result.cause)).toMatchObject({ Container: { ExitCode: 7 } });
      },
    );

    test.each(LANGUAGES)(
      'each item in a container, side by side, and those that failed again: %s',
      async (_, path, text) => {
        await entryFile(path, text, { forEach: { items: '$.list', maxFailures: 1 } });
        const large = { size: 1, text: 'ü'.repeat(200_000) };
        const list = [{ a: 1 }, large, { exitCode: 7 }];
        const { code, stdout, stderr } = await project.run([
          '--event',
          event({ list }),
          '--json',
          '--fast',
          '--jobs',
          '2',
        ]);
        expect([code, stderr]).toEqual([0, '']);
        const all = documents(stdout);
        const said = all.flatMap(({ type, item, text }) =>
          type === 'output' && /^event/.test(text) ? [`${item} ${text}`] : [],
        );
        const failing = '2 event {"exitCode":7}';
        const expected = ['0 event {"a":1}', `1 event ${JSON.stringify(large).length}`, failing, failing, failing];
        expect(said.sort()).toEqual(expected);
        expect(all.at(-1)).toMatchObject({
          status: 'SUCCEEDED',
          items: { items: 3, succeeded: 2, failed: 1, failures: [{ item: 2, attempt: 3, reason: 'exit code 7' }] },
        });
      },
    );

    test('Ctrl-C removes the containers of all items', async () => {
      await entryFile('report.js', JAVASCRIPT, { forEach: { items: '$.list' } });
      const list = Array.from({ length: 9 }, () => ({ hang: true }));
      let isSent = false;
      const { code } = await project.run(['--event', event({ list }), '--jobs', '3'], {
        onOutput: (output, signal) => {
          if (isSent || (output.match(/\| event \{"hang":true\}/g)?.length ?? 0) < 3) return;
          isSent = true;
          signal('SIGINT');
        },
      });
      expect([isSent, code]).toEqual([true, 130]);
    });

    test('Ctrl-C removes the container', async () => {
      await entryFile('report.js', JAVASCRIPT);
      let isSent = false;
      const { code } = await project.run(['--event', event({ hang: true })], {
        onOutput: (output, signal) => {
          if (isSent || !output.includes('| event {"hang":true}')) return;
          isSent = true;
          signal('SIGINT');
        },
      });
      expect([isSent, code]).toEqual([true, 130]);
    });

    test('--plain leaves the engine alone', async () => {
      await entryFile('report.js', JAVASCRIPT);
      const path = join(project.folder, 'bin');
      const calls = join(project.folder, 'calls');
      project.write({
        'bin/podman': `#!/bin/sh\necho "$@" >> ${calls}\nexec /usr/bin/env PATH="$REAL_PATH" podman "$@"\n`,
      });
      writeFileSync(calls, '');
      const env = { REAL_PATH: process.env.PATH, PATH: `${path}${delimiter}${process.env.PATH}` };
      const { code, stdout } = await project.run(['--json', '--plain'], { env });
      expect(code).toBe(0);
      expect(documents(stdout)).toContainEqual(expect.objectContaining({ type: 'container', by: 'plain process' }));
      expect(readFileSync(calls, 'utf8')).toBe('');
    });

    test(`the image is for the job's architecture, ${OWN}`, async () => {
      await entryFile('report.js', JAVASCRIPT);
      expect((await project.run([])).code).toBe(0);
      const words = [
        'images',
        '--filter',
        'label=batch-jobs.local=shop/report',
        '--filter',
        'dangling=false',
        '--quiet',
      ];
      const [id = ''] = (await storage.podman(...words)).split('\n');
      const found = await storage.podman('image', 'inspect', '--format', '{{.Architecture}}', id);
      expect(found.trim()).toBe(OWN === 'arm64' ? 'arm64' : 'amd64');
    });
  },
);
