import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Availability } from './availability';
import { runCommand } from './command';
import type { PodmanStorage } from './podman-storage';

/** The distribution whose packages replace the images of a registry, which tests cannot reach. */
const SUITE = 'bookworm';
const CACHE = resolve(__dirname, '../../../node_modules/.cache/base-images');
/** Certificates of this machine: a package registry may be behind a proxy that only it trusts. */
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';

/** The Debian packages that make a base image of a kind, and additional commands. */
interface Recipe {
  readonly packages: readonly string[];
  readonly commands?: readonly string[];
}

/** By the last part of an image's name. */
const RECIPES: { readonly [kind: string]: Recipe } = {
  debian: { packages: [] },
  alpine: { packages: [] },
  python: {
    packages: ['python3', 'python3-venv', 'python3-pip', 'python3-dev'],
    commands: [
      'ln -s /usr/bin/python3 /usr/local/bin/python',
      // The images of a registry have Python from its sources, into which pip may install.
      'rm -f /usr/lib/python3*/EXTERNALLY-MANAGED',
    ],
  },
  node: { packages: ['libstdc++6'], commands: ['useradd --uid 1000 --create-home node'] },
  golang: { packages: ['golang-go', 'gcc', 'libc6-dev'], commands: ['go env -w GOTOOLCHAIN=local || true'] },
  maven: { packages: ['openjdk-17-jdk-headless', 'maven'] },
  gradle: { packages: ['openjdk-17-jdk-headless', 'gradle'] },
  'eclipse-temurin': { packages: ['openjdk-17-jre-headless'] },
  ruby: { packages: ['ruby', 'bundler', 'ruby-dev'] },
  composer: { packages: ['php8.2-cli', 'composer', 'unzip'] },
  php: {
    // Debian's Composer is more than the one file that is copied out of its image.
    packages: ['php8.2-cli', 'php8.2-common', 'composer'],
    commands: [
      // Nothing is compiled here: what is asked for must be among Debian's.
      `printf '%s\\n' '#!/bin/sh' 'for name in "$@"; do case $name in -*) ;; *) php -m | grep -qix "$name" || exit 1 ;; esac; done' > /usr/local/bin/docker-php-ext-install`,
      'chmod +x /usr/local/bin/docker-php-ext-install && ln -s /usr/share/php /usr/local/share/php',
      // As in the images of a registry, Debian's settings are not there.
      'rm -f /etc/php/8.2/cli/php.ini && mkdir -p /usr/local/etc/php && ln -s /etc/php/8.2/cli/conf.d /usr/local/etc/php/conf.d',
    ],
  },
};

/** Alpine's package manager over Debian's, for the few packages that generated Dockerfiles and the projects name. */
const APK = `#!/bin/sh
set -eu
names=
for word in "$@"; do
  case $word in
  add | -* | .*) ;;
  build-base) names="$names build-essential" ;;
  yaml-dev) names="$names libyaml-dev" ;;
  yaml) names="$names libyaml-0-2" ;;
  python3 | make | git | curl | bash | unzip | patch) names="$names $word" ;;
  g++ | gcc | musl-dev | linux-headers) names="$names build-essential" ;;
  libgcc | libstdc++) names="$names libstdc++6" ;;
  lib*) names="$names $word" ;;
  *-dev) names="$names lib$word" ;;
  *) names="$names $word" ;;
  esac
done
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $names
`;

/** Whether base images can be made: Debian's packages must be within reach. */
export function baseImagesAvailable(): Availability<object> {
  const how = 'apt-get install mmdebstrap';
  if (spawnSync('mmdebstrap', ['--version']).status !== 0) return { available: false, reason: `no mmdebstrap: ${how}` };
  if (existsSync(join(CACHE, 'base.tar'))) return { available: true };
  const answer = spawnSync('curl', ['-sfIm', '20', `http://deb.debian.org/debian/dists/${SUITE}/Release`]);
  if (answer.status !== 0) return { available: false, reason: 'Debian’s packages cannot be reached: no base images' };
  return { available: true };
}

/** Base images of a storage, made on the spot and named as generated Dockerfiles name those of registries. */
export class BaseImages {
  private readonly made = new Set<string>();

  constructor(private readonly storage: PodmanStorage) {}

  /** Makes all that a Dockerfile begins its stages with and that is not there yet. */
  async provide(dockerfile: string): Promise<void> {
    const stages = new Set<string>();
    for (const [, name = '', stage] of dockerfile.matchAll(/^FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/gim)) {
      if (name !== 'scratch' && !stages.has(name)) await this.image(name);
      if (stage !== undefined) stages.add(stage);
    }
    for (const [, name = ''] of dockerfile.matchAll(/^COPY\s+--from=(\S+[/:]\S+)/gim)) await this.image(name);
  }

  private async image(name: string): Promise<void> {
    if (this.made.has(name)) return;
    const [, kind = '', tag = 'latest'] = /([^/:@]+)(?::([^@]+))?(?:@.*)?$/.exec(name) ?? [];
    const recipe = RECIPES[kind];
    if (recipe === undefined) throw new Error(`no base image can be made for ${name}`);
    const node = kind === 'node' ? tag.replace(/-.*/, '') : undefined;
    const local = `localhost/base-${kind}${node === undefined ? '' : `-${node}`}:1`;
    if (!this.made.has(local)) await this.build(local, recipe, node);
    await this.storage.podman('tag', local, name);
    this.made.add(local).add(name);
  }

  private async build(name: string, { packages, commands = [] }: Recipe, node: string | undefined): Promise<void> {
    const root = 'localhost/base-root:1';
    if (!this.made.has(root)) {
      await this.storage.podman('import', await debianArchive(), root);
      this.made.add(root);
    }
    const folder = join(CACHE, `context-${process.pid}`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    copyFileSync(CERTIFICATES, join(folder, 'ca.pem'));
    writeFileSync(join(folder, 'apk'), APK, { mode: 0o755 });
    if (node !== undefined) await nodePrograms(node, folder);
    // Nobody needs these images after a crash, so that nothing waits for the disk.
    const install = `echo force-unsafe-io > /etc/dpkg/dpkg.cfg.d/unsafe-io && apt-get update -qq -o Acquire::Languages=none && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ${packages.join(' ')}`;
    const lines = [
      `FROM ${root}`,
      'COPY apk /sbin/apk',
      'COPY ca.pem /etc/ssl/certs/ca-certificates.crt',
      'ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt PIP_CERT=/etc/ssl/certs/ca-certificates.crt',
      'ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt',
      ...(packages.length === 0 ? [] : [`RUN ${install}`]),
      ...(node === undefined ? [] : ['COPY node/ /usr/local/']),
      ...commands.map((command) => `RUN ${command}`),
    ];
    writeFileSync(join(folder, 'Dockerfile'), `${lines.join('\n')}\n`);
    await this.storage.podman('build', '--isolation', 'chroot', '--tag', name, folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Debian's smallest system as an archive, which stays in the cache of this checkout. */
async function debianArchive(): Promise<string> {
  const path = join(CACHE, 'base.tar');
  if (existsSync(path)) return path;
  mkdirSync(CACHE, { recursive: true });
  const partial = `${path}.${process.pid}`;
  const words = ['--variant=minbase', '--include=ca-certificates,curl', '--format=tar', SUITE, partial];
  const { status, stderr } = await runCommand('mmdebstrap', [...words, 'http://deb.debian.org/debian'], {
    cwd: CACHE,
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
    timeLimit: 600,
  });
  if (status !== 0) throw new Error(`mmdebstrap: ${stderr}`);
  takePlace(partial, path);
  return path;
}

/** Gives a file its name, unless another worker was first: Podman reads an archive twice, and expects the same one. */
function takePlace(partial: string, path: string): void {
  try {
    linkSync(partial, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  rmSync(partial);
}

/** Node.js of a version from the package registry, with npm as this machine has it: what the official images have. */
async function nodePrograms(version: string, folder: string): Promise<void> {
  const bin = join(folder, 'node/bin');
  const modules = join(folder, 'node/lib/node_modules');
  mkdirSync(bin, { recursive: true });
  mkdirSync(modules, { recursive: true });
  const cached = join(CACHE, `node-${version}`);
  if (!existsSync(cached)) {
    const install = ['install', '--prefix', join(folder, 'fetched'), '--no-save', '--no-audit', '--no-fund'];
    const { status, stderr } = await runCommand('npm', [...install, `node@${version}`], {
      cwd: folder,
      env: process.env,
      timeLimit: 600,
    });
    if (status !== 0) throw new Error(`npm install node@${version}: ${stderr}`);
    copyFileSync(join(folder, 'fetched/node_modules/node/bin/node'), `${cached}.${process.pid}`);
    takePlace(`${cached}.${process.pid}`, cached);
    rmSync(join(folder, 'fetched'), { recursive: true });
  }
  copyFileSync(cached, join(bin, 'node'));
  const { stdout } = await runCommand('npm', ['root', '--global'], { cwd: folder, env: process.env, timeLimit: 120 });
  spawnSync('cp', ['-rL', join(stdout.trim(), 'npm'), modules]);
  for (const program of ['npm', 'npx']) {
    writeFileSync(
      join(bin, program),
      `#!/bin/sh\nexec node /usr/local/lib/node_modules/npm/bin/${program}-cli.js "$@"\n`,
      {
        mode: 0o755,
      },
    );
  }
  spawnSync('chmod', ['755', join(bin, 'node')]);
  if (!readFileSync(join(modules, 'npm/package.json'), 'utf8')) throw new Error('this machine has no npm');
}
