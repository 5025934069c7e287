import { join } from 'node:path';
import { textEntry } from '../../modules/container/source-files';
import { UsageError } from '../command/usage-error';
import type { ContainerStart } from './container';
import { askEngine, type Engine } from './engine-client';
import { createTemporaryFolder } from './temporary-folder';

/** Addresses on this machine's loopback: that of the server with a large event, or an emulator's. LocalStack has a public name for it. */
const LOOPBACK =
  /^(https?:\/\/)(127(?:\.\d+){3}|0\.0\.0\.0|(?:[\w-]+\.)*localhost(?:\.localstack\.cloud)?|\[::1?\])(?=[:/]|$)/i;

/** Host name of this machine in a container, if the engine runs in a virtual machine, as on macOS and Windows. */
const LOOPBACK_NAMES: { readonly [Name in Engine]: string } = {
  docker: 'host.docker.internal',
  podman: 'host.containers.internal',
};

/** Address of an engine on another machine, from its client's settings; undefined if it is on this one. */
function otherMachine(engine: Engine): string | undefined {
  const { DOCKER_HOST, CONTAINER_HOST } = process.env;
  const context = ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'];
  const address =
    engine === 'podman' ? CONTAINER_HOST : DOCKER_HOST || (askEngine(engine, context).stdout ?? '').trim();
  if (!address || !/^(tcp|ssh|https?):/.test(address)) return undefined;
  // An engine in a virtual machine of this one has a loopback address.
  return LOOPBACK.test(address.replace(/^\w+:\/\/([^@/]*@)?/, 'http://')) ? undefined : address;
}

/**
 * Variables and network options that let a container reach endpoints on this machine.
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
      `${variable} is ${url}, an address of this machine, and ${engine} runs containers at ${other}, which cannot reach it. ` +
        'Use an engine of this machine or --plain, or a smaller event if this one is in the payload bucket.',
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

/** Variables that the client of an engine, or one of its libraries, reads itself. */
const OF_CLIENT =
  /^(PATH|HOME|TMPDIR|TZ|LANG|LC_\w+|SSL_\w+|LD_\w+|GO\w+|DOCKER_\w+|BUILDKIT_\w+|BUILDAH_\w+|REGISTRY_\w+|_?CONTAINERS?_\w+|PODMAN_\w+|LIBPOD_\w+|STORAGE_\w+|NOTIFY_SOCKET|LISTEN_\w+|XDG_\w+|\w+_proxy)$/i;

/** Maximum length of a line in a file of variables: the engines read 64 KiB at once. */
const LONGEST_LINE = 60_000;

/** Whether all versions of the engines read a value from a file unchanged: no line break, and no quote or space that one of them removes. */
function standsInFile(key: string, value: string): boolean {
  return key.length + value.length < LONGEST_LINE && !/[\r\n\0]|^["'\s]|\s$/.test(value);
}

/**
 * A container's variables as arguments of the client. Arguments contain no values, since every user can see them. Values are in a file, so
 * that the client doesn't use them itself. Those that a file can't contain are in the client's environment.
 *
 * @throws UsageError for a variable that the client reads itself and that a file can't contain
 */
export function variableWords(environment: ContainerStart['environment']) {
  const entries = Object.entries(environment);
  const inFile = entries.filter(([key, value]) => standsInFile(key, value));
  const passedOn = entries.filter((entry) => !inFile.includes(entry));
  const [unspeakable] = passedOn.find(([key]) => OF_CLIENT.test(key)) ?? [];
  if (unspeakable !== undefined) {
    throw new UsageError(
      `The container engine reads the variable ${unspeakable} too, and its value cannot be passed in a file ` +
        '(it has a line break, or a quote or space at an end). Use another value, or --plain.',
    );
  }
  const lines = inFile.map(([key, value]) => `${key}=${value}\n`).join('');
  // The folder is private.
  const folder = inFile.length === 0 ? undefined : createTemporaryFolder([textEntry('variables', lines)]);
  return {
    words: [
      ...(folder === undefined ? [] : ['--env-file', join(folder.path, 'variables')]),
      ...passedOn.flatMap(([key]) => ['--env', key]),
    ],
    environment: Object.fromEntries(passedOn),
    dispose: () => folder?.dispose(),
  };
}
