import { join } from 'node:path';
import { textEntry } from '../../modules/container/source-files';
import type { ContainerStart } from './container';
import type { Engine } from './engine-client';
import { temporaryFolder } from './temporary-folder';

/** Addresses on this machine's loopback: that of the server with a large event, or an emulator's. */
const LOOPBACK = /^(https?:\/\/)(127\.0\.0\.1|localhost|\[::1\])(?=[:/]|$)/;

/** What this machine's loopback is called in a container, where the engine is one for macOS or Windows and runs in a virtual machine. */
const LOOPBACK_NAMES: { readonly [Name in Engine]: string } = {
  docker: 'host.docker.internal',
  podman: 'host.containers.internal',
};

/** Variables and network by which a container reaches the addresses of AWS that it is given, if they are on this machine. */
export function reachable(engine: Engine, given: ContainerStart['environment'], platform: NodeJS.Platform) {
  const onLoopback = Object.entries(given).filter(
    ([key, url]) => key.startsWith('AWS_ENDPOINT_URL') && LOOPBACK.test(url),
  );
  if (onLoopback.length === 0) return { environment: given, network: [] };
  if (platform === 'linux') return { environment: given, network: ['--network', 'host'] };
  const renamed = onLoopback.map(([key, url]) => [key, url.replace(LOOPBACK, `$1${LOOPBACK_NAMES[engine]}`)]);
  return { environment: { ...given, ...Object.fromEntries(renamed) }, network: [] };
}

/** Variables that the engine's client may read for itself. */
const OF_CLIENT =
  /^(PATH|HOME|TMPDIR|SSL_\w+|LD_\w+|DOCKER_\w+|BUILDKIT_\w+|REGISTRY_\w+|CONTAINERS?_\w+|PODMAN_\w+|XDG_\w+|\w+_proxy)$/i;

/**
 * A container's variables as words of the client, none of which holds a value: everybody on the machine sees a process's arguments. Values go by way of
 * the client's own environment; those that would mean something to the client itself, in a file.
 */
export function variableWords(environment: ContainerStart['environment']) {
  const entries = Object.entries(environment);
  // A line of such a file ends with the value.
  const inFile = entries.filter(([key, value]) => OF_CLIENT.test(key) && !value.includes('\n'));
  const passedOn = entries.filter((entry) => !inFile.includes(entry));
  const lines = inFile.map(([key, value]) => `${key}=${value}\n`).join('');
  // Nobody else can look into the folder.
  const folder = inFile.length === 0 ? undefined : temporaryFolder([textEntry('variables', lines)]);
  return {
    words: [
      ...(folder === undefined ? [] : ['--env-file', join(folder.path, 'variables')]),
      ...passedOn.flatMap(([key]) => ['--env', key]),
    ],
    environment: Object.fromEntries(passedOn),
    dispose: () => folder?.dispose(),
  };
}
