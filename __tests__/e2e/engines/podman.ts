import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Availability } from './availability';
import { runCommand } from './command';

const START_TIMEOUT_MS = 300_000;
/** `catatonit` is the init process that a job definition may ask for. */
const CATATONIT = ['/usr/libexec/podman/catatonit', '/usr/bin/catatonit', '/usr/local/libexec/podman/catatonit'];

/** Podman's API, on a separate socket with separate storage. */
export interface Podman {
  /** For `DOCKER_HOST`. */
  readonly host: string;
  /**
   * Makes an image of this process's Node.js, the libraries that it needs, and some files; nothing else is in it, not even a shell. No
   * registry is asked.
   *
   * @param files by their path in the image
   */
  nodeImage(name: string, files: Readonly<Record<string, string>>): Promise<void>;
  /** What the containers that run now have written so far. */
  written(): Promise<string>;
  /** Ends the service, with its containers, and deletes the storage. */
  stop(): Promise<void>;
}

/** Whether Podman's own command runs containers on this machine. Linux, root, and Podman with its runtime are wanted. */
export function podmanCommandAvailable(): Availability<object> {
  const missing = ['podman', 'runc'].filter((program) => spawnSync(program, ['--version']).status !== 0);
  if (!CATATONIT.some((path) => existsSync(path))) missing.push('catatonit');
  const how = 'apt-get install podman runc catatonit, and run as root';
  if (missing.length > 0) return { available: false, reason: `no ${missing.join(', ')}: ${how}` };
  if (process.getuid?.() !== 0) return { available: false, reason: `Podman is run as root here: ${how}` };
  return { available: true };
}

/** Whether containers can run on this machine by Podman's API too, for which an emulator wants a package. */
export function podmanAvailable(): Availability<object> {
  const command = podmanCommandAvailable();
  if (!command.available) return command;
  const python = process.env.PYTHON ?? 'python3';
  if (spawnSync(python, ['-c', 'import docker']).status !== 0) {
    return { available: false, reason: `${python} has no package "docker": pip install docker` };
  }
  return { available: true };
}

/** @throws Error with what the service wrote when it does not answer in time. */
export async function startPodman(): Promise<Podman> {
  // Podman takes no path over 50 characters here, which a test's own temporary folder passes.
  const folder = mkdtempSync('/tmp/podman-');
  const socket = join(folder, 'api.sock');
  const env = { ...process.env, CONTAINERS_CONF: join(__dirname, 'containers.conf') };
  const storage = ['--root', join(folder, 'root'), '--runroot', join(folder, 'run'), '--tmpdir', join(folder, 'tmp')];
  const podman = async (args: readonly string[]) => {
    const options = { cwd: folder, env, timeLimit: 300 };
    const { status, stdout, stderr } = await runCommand('podman', [...storage, ...args], options);
    if (status !== 0) throw new Error(`podman ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  // Overlays are ten times as fast as copies, and not to be had everywhere.
  const overlay = await podman(['--storage-driver', 'overlay', 'info']).then(
    () => true,
    () => false,
  );
  storage.push('--storage-driver', overlay ? 'overlay' : 'vfs');
  const service = spawn('podman', [...storage, 'system', 'service', '--time=0', `unix://${socket}`], {
    // The monitor of a container that is killed for memory leaves a file in it.
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [service.stdout, service.stderr]) stream.on('data', (chunk) => (output += chunk));
  const stop = async () => {
    await podman(['rm', '--all', '--force', '--time', '0']).catch(() => undefined);
    await ended(service);
    await podman(['rmi', '--all', '--force']).catch(() => undefined);
    spawnSync('umount', [join(folder, 'root', 'overlay')]);
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  };
  for (const deadline = Date.now() + START_TIMEOUT_MS; !existsSync(socket); await sleep(100)) {
    if (service.exitCode === null && Date.now() < deadline) continue;
    await stop();
    throw new Error(`Podman's service did not start: ${output}`);
  }
  const nodeImage: Podman['nodeImage'] = async (name, files) => {
    const archive = nodeArchive(folder, files);
    await podman(['import', '--change', PROGRAM_PATH, archive, name]);
    rmSync(archive);
  };
  const written = async () => {
    const running = (await podman(['ps', '--quiet'])).split('\n').filter((id) => id !== '');
    // One that ends meanwhile is not asked about.
    const texts = await Promise.all(running.map((id) => podman(['logs', id]).catch(() => '')));
    return texts.join('');
  };
  return { host: `unix://${socket}`, nodeImage, written, stop };
}

/** Where programs of an image are that has nothing but Node.js. */
export const PROGRAM_PATH = 'ENV=PATH=/usr/local/bin';

/** An archive of this process's Node.js, the libraries that it needs, and some files, for an image. */
export function nodeArchive(folder: string, files: Readonly<Record<string, string>>): string {
  const root = join(folder, 'image');
  const libraries = spawnSync('ldd', [process.execPath], { encoding: 'utf8' }).stdout.match(/\/\S+/g) ?? [];
  for (const library of libraries) copied(library, join(root, library));
  copied(process.execPath, join(root, 'usr/local/bin/node'));
  for (const [path, text] of Object.entries({ ...files, '/tmp/.keep': '' })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const archive = join(folder, 'image.tar');
  const { status, stderr } = spawnSync('tar', ['-C', root, '-cf', archive, '.'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`tar: ${stderr}`);
  rmSync(root, { recursive: true });
  return archive;
}

function copied(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
  chmodSync(to, 0o755);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const forced = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await gone;
  clearTimeout(forced);
}
