import { join } from 'node:path';
import { textEntry } from '../../modules/container/source-files';
import { UsageError } from '../usage-error';
import type { ContainerStart } from './container';
import { askEngine, type Engine } from './engine-client';
import { temporaryFolder } from './temporary-folder';

/** Addresses on this machine's loopback: that of the server with a large event, or an emulator's. LocalStack has a public name for it. */
const LOOPBACK =
  /^(https?:\/\/)(127(?:\.\d+){3}|0\.0\.0\.0|(?:[\w-]+\.)*localhost(?:\.localstack\.cloud)?|\[::1?\])(?=[:/]|$)/i;

/** What this machine's loopback is called in a container, where the engine is one for macOS or Windows and runs in a virtual machine. */
const LOOPBACK_NAMES: { readonly [Name in Engine]: string } = {
  docker: 'host.docker.internal',
  podman: 'host.containers.internal',
};

/** Address of an engine on another machine, by what its client reads; undefined if it is on this one. */
function otherMachine(engine: Engine): string | undefined {
  const { DOCKER_HOST, CONTAINER_HOST } = process.env;
  const context = ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'];
  const address =
    engine === 'podman' ? CONTAINER_HOST : DOCKER_HOST || (askEngine(engine, context).stdout ?? '').trim();
  if (!address || !/^(tcp|ssh|https?):/.test(address)) return undefined;
  // An engine in a virtual machine of this one is reached by its loopback.
  return LOOPBACK.test(address.replace(/^\w+:\/\/([^@/]*@)?/, 'http://')) ? undefined : address;
}

/**
 * Variables and network by which a container reaches the addresses of AWS that it is given, if they are on this machine.
 *
 * @throws UsageError if the engine is on another
 */
export function reachable(engine: Engine, given: ContainerStart['environment'], platform: NodeJS.Platform) {
  const onLoopback = Object.entries(given).filter(
    ([key, url]) => key.startsWith('AWS_ENDPOINT_URL') && LOOPBACK.test(url),
  );
  if (onLoopback.length === 0) return { environment: given, network: [] };
  const other = otherMachine(engine);
  if (other !== undefined) {
    const [[variable, url] = []] = onLoopback;
    throw new UsageError(
      `${variable} is ${url}, an address of this machine, and ${engine} runs containers at ${other}, from where it cannot be reached: ` +
        'use an engine of this machine or --plain, or a smaller event if this one is in the payload bucket',
    );
  }
  if (platform === 'linux') return { environment: given, network: ['--network', 'host'] };
  // Those of the emulator's resources as well, such as queues.
  const isThere = (url: string) => onLoopback.some(([, address]) => url === address || url.startsWith(`${address}/`));
  const renamed = Object.entries(given).map(([key, url]) => [
    key,
    isThere(url) ? url.replace(LOOPBACK, `$1${LOOPBACK_NAMES[engine]}`) : url,
  ]);
  return { environment: Object.fromEntries(renamed), network: [] };
}

/** Variables that an engine's client, or a library in it, is known to read for itself. */
const OF_CLIENT =
  /^(PATH|HOME|TMPDIR|TZ|LANG|LC_\w+|SSL_\w+|LD_\w+|GO\w+|DOCKER_\w+|BUILDKIT_\w+|BUILDAH_\w+|REGISTRY_\w+|_?CONTAINERS?_\w+|PODMAN_\w+|LIBPOD_\w+|STORAGE_\w+|NOTIFY_SOCKET|LISTEN_\w+|XDG_\w+|\w+_proxy)$/i;

/** Characters that a line of a file of variables may have: the engines read 64 KiB at once. */
const LONGEST_LINE = 60_000;

/** Whether every version of the engines reads a value from a file as it is: no line's end, no quote or space that one of them takes away. */
function standsInFile(key: string, value: string): boolean {
  return key.length + value.length < LONGEST_LINE && !/[\r\n\0]|^["'\s]|\s$/.test(value);
}

/**
 * A container's variables as words of the client, none of which holds a value: everybody on the machine sees a process's arguments. Values go in a file,
 * so that none of them means anything to the client itself; those that a file cannot hold go by way of the client's own environment.
 *
 * @throws UsageError for a variable that the client reads itself and no file can hold
 */
export function variableWords(environment: ContainerStart['environment']) {
  const entries = Object.entries(environment);
  const inFile = entries.filter(([key, value]) => standsInFile(key, value));
  const passedOn = entries.filter((entry) => !inFile.includes(entry));
  const [unspeakable] = passedOn.find(([key]) => OF_CLIENT.test(key)) ?? [];
  if (unspeakable !== undefined) {
    throw new UsageError(
      `the variable ${unspeakable} also means something to the container engine, and its value cannot be handed over in a file ` +
        '(a line break, or a quote or space at an end): use another value, or --plain',
    );
  }
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
