import { createHash } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { buildImage } from '../../cli/local/image-build';
import type { BuildContext, ContextResult } from '../../modules/container/build-context';
import { customDockerfileContext } from '../../modules/container/custom-dockerfile';
import { imageBuildpackContext } from '../../modules/container/image-buildpack';
import { chunks } from '../../modules/container/tar';
import { folder, removeFolders } from '../container/folder';
import type { Availability } from './engines/availability';
import { describeWith } from './engines/availability';
import { runCommand } from './engines/command';
import { podmanCommandAvailable } from './engines/podman';
import { type PodmanStorage, podmanStorage } from './engines/podman-storage';

const ARCHITECTURE = process.arch === 'arm64' ? 'arm64' : 'x86_64';
const VALUE = 'hush-3f9c1b7e';
const DIGEST = createHash('sha256').update(VALUE).digest('hex');
const BASE = 'localhost/shell-here:1';
const BUSYBOX = '/bin/busybox';

/** A shell in one file. */
function busyboxAvailable(): Availability<object> {
  try {
    readFileSync(BUSYBOX);
    return { available: true };
  } catch {
    return { available: false, reason: `no ${BUSYBOX}: apt-get install busybox-static` };
  }
}

/** Stand-ins of the programs that a generated Dockerfile runs: what `npm` says of its token is its digest. */
const PROGRAMS = {
  'bin/apk': '#!/bin/sh\nexit 0\n',
  'bin/npm': `#!/bin/sh\nmkdir -p node_modules/a && printf %s "$NPM_TOKEN" | sha256sum > node_modules/a/found\n`,
};
const APPLETS = [
  'sh',
  'cat',
  'chown',
  'cut',
  'echo',
  'env',
  'ls',
  'mkdir',
  'printf',
  'rm',
  'sha256sum',
  'test',
  'true',
];

/** An archive of a shell and of stand-ins. */
async function shellArchive(home: string): Promise<string> {
  const root = join(home, 'root');
  for (const name of ['bin', 'tmp', 'etc']) mkdirSync(join(root, name), { recursive: true });
  copyFileSync(BUSYBOX, join(root, 'bin/busybox'));
  for (const name of APPLETS) symlinkSync('busybox', join(root, 'bin', name));
  for (const [path, text] of Object.entries(PROGRAMS)) writeFileSync(join(root, path), text, { mode: 0o755 });
  const archive = join(home, 'root.tar');
  await runCommand('tar', ['-C', root, '--owner=0', '--group=0', '-cf', archive, '.'], {
    cwd: home,
    env: process.env,
    timeLimit: 300,
  });
  return archive;
}

function contextOf(result: ContextResult): BuildContext {
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.context;
}

/** Images that a Dockerfile begins with. */
function bases({ files }: BuildContext): string[] {
  const dockerfile = files.find(({ path }) => path === 'Dockerfile');
  const text = dockerfile === undefined ? '' : Buffer.concat([...chunks(dockerfile.content)]).toString();
  return [...text.matchAll(/^FROM (\S+)/gm)].map(([, image = '']) => image);
}

describeWith(
  [podmanCommandAvailable(), busyboxAvailable()],
  'build secrets, in images that Podman builds of a shell',
  () => {
    let storage: PodmanStorage;
    let home: string;
    const variables = { ...process.env };

    beforeAll(async () => {
      home = mkdtempSync(join(tmpdir(), 'base-'));
      storage = await podmanStorage();
      Object.assign(process.env, storage.variables, { BUILDAH_ISOLATION: 'chroot' });
      await storage.podman('import', await shellArchive(home), BASE);
    });

    afterAll(async () => {
      for (const name of [...Object.keys(storage?.variables ?? {}), 'BUILDAH_ISOLATION']) {
        if (variables[name] === undefined) delete process.env[name];
        else process.env[name] = variables[name];
      }
      await storage?.dispose();
      rmSync(home, { recursive: true, force: true });
      removeFolders();
    });

    /** Each file that an image is saved as, unpacked: all layers, its history, its configuration. */
    async function saved(image: string): Promise<string> {
      const dir = mkdtempSync(join(tmpdir(), 'saved-'));
      try {
        await storage.podman('save', '--format', 'docker-dir', '--output', join(dir, 'image'), image);
        const files = readdirSync(join(dir, 'image')).map((name) => readFileSync(join(dir, 'image', name)));
        return Buffer.concat(
          files.map((file) => (file[0] === 0x1f && file[1] === 0x8b ? gunzipSync(file) : file)),
        ).toString('latin1');
      } finally {
        rmSync(dir, { recursive: true, force: true });
      }
    }

    it('of a Dockerfile reach the command that mounts them, and no byte of the image', async () => {
      const root = folder({
        Dockerfile: `FROM ${BASE}\nRUN --mount=type=secret,id=TOKEN,required=true sha256sum < /run/secrets/TOKEN > /found\n`,
      });
      const properties = { buildContextPath: '.', buildSecrets: { TOKEN: "$Secret('npm.token')" } };
      const image = await buildImage('podman', contextOf(customDockerfileContext(properties, ARCHITECTURE, root)), {
        secrets: async () => ({ TOKEN: VALUE }),
      });
      const bytes = await saved(image);
      expect(bytes).toContain(`${DIGEST}  -`);
      expect(bytes).not.toContain(VALUE);
    });

    it('of an entry file reach what installs packages and the commands of the config, and no byte of the image', async () => {
      const root = folder({
        'job.js': "import 'a';\n",
        'package.json': '{"name":"job","dependencies":{"a":"1.0.0"}}',
        'package-lock.json': JSON.stringify({
          lockfileVersion: 3,
          packages: { '': { dependencies: { a: '1.0.0' } }, 'node_modules/a': { version: '1.0.0' } },
        }),
        '.npmrc': '//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n',
        'node_modules/a/package.json': '{"name":"a","version":"1.0.0","main":"a.js"}',
        'node_modules/a/a.js': '',
        'node_modules/a/binding.gyp': '',
      });
      const context = contextOf(
        imageBuildpackContext(
          {
            entryfilePath: 'job.js',
            buildSecrets: { NPM_TOKEN: "$Secret('npm.token')" },
            customDockerBuildCommands: ['printf %s "$NPM_TOKEN" | sha256sum | cut -c 1-64 > /of-command'],
          },
          ARCHITECTURE,
          root,
        ),
      );
      for (const base of bases(context)) await storage.podman('tag', BASE, base);
      const image = await buildImage('podman', context, { secrets: async () => ({ NPM_TOKEN: VALUE }) });
      const bytes = await saved(image);
      expect(bytes).toContain(`${DIGEST}  -`);
      expect(bytes).toContain(`${DIGEST}\n`);
      expect(bytes).not.toContain(VALUE);
      // Nor does the stage that installs keep it, which is in no image but on this machine.
      const images = (await storage.podman('images', '--all', '--quiet')).trim().split('\n');
      for (const one of images) expect(await saved(one)).not.toContain(VALUE);
    });

    it('that are missing end the build', async () => {
      const root = folder({ Dockerfile: `FROM ${BASE}\nRUN --mount=type=secret,id=TOKEN,required=true true\n` });
      const context = contextOf(customDockerfileContext({ buildContextPath: '.' }, ARCHITECTURE, root));
      await expect(buildImage('podman', context)).rejects.toThrow('could not build the image');
    });
  },
);
