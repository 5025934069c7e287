import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command';
import { nodeArchive, PROGRAM_PATH } from './podman';

/** Images and containers of Podman's command that nothing else on this machine sees. */
export interface PodmanStorage {
  /** By which the command finds it. */
  readonly variables: Readonly<Record<string, string>>;
  podman(...args: readonly string[]): Promise<string>;
  /** Makes an image of nothing but this process's Node.js, said to be for an architecture, without any registry. */
  nodeImage(name: string, architecture: 'amd64' | 'arm64'): Promise<void>;
  /** Deletes it with its containers. */
  dispose(): Promise<void>;
}

export async function podmanStorage(): Promise<PodmanStorage> {
  // Podman takes no path over 50 characters here, which a test's own temporary folder passes.
  const folder = mkdtempSync('/tmp/podman-');
  const [conf, storageConf] = [join(folder, 'containers.conf'), join(folder, 'storage.conf')];
  // Its last section is that of the engine.
  const common = readFileSync(join(__dirname, 'containers.conf'), 'utf8');
  writeFileSync(conf, `${common}tmp_dir = ${JSON.stringify(join(folder, 'tmp'))}\n`);
  const variables = { CONTAINERS_CONF: conf, CONTAINERS_STORAGE_CONF: storageConf };
  const run = (args: readonly string[]) =>
    runCommand('podman', args, { cwd: folder, env: { ...process.env, ...variables }, timeLimit: 600 });
  const podman = async (...args: readonly string[]) => {
    const { status, stdout, stderr } = await run(args);
    if (status !== 0) throw new Error(`podman ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  const useDriver = (driver: string) => {
    const folders = { graphroot: join(folder, 'root'), runroot: join(folder, 'run') };
    const lines = Object.entries({ driver, ...folders }).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
    writeFileSync(storageConf, `[storage]\n${lines.join('')}`);
  };
  // Overlays are ten times as fast as copies, and not to be had everywhere.
  useDriver('overlay');
  if ((await run(['info'])).status !== 0) useDriver('vfs');
  return {
    variables,
    podman,
    nodeImage: async (name, architecture) => {
      const archive = nodeArchive(folder, {});
      await podman('import', '--arch', architecture, '--change', PROGRAM_PATH, archive, name);
      rmSync(archive);
    },
    dispose: async () => {
      await run(['rm', '--all', '--force', '--time', '0']);
      await run(['rmi', '--all', '--force']);
      spawnSync('umount', [join(folder, 'root', 'overlay')]);
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}
