import type { Architecture } from '../../modules/container/build-context';
import { UsageError } from '../command/usage-error';
import type { Engine } from './engine-client';
import { ENGINE_WORDS } from './engine-words';

/** What an engine was asked for when it failed. */
export type Doing = 'answer' | 'pull' | 'build' | 'run';

/** A reason why a container engine can't work, and the messages by which it is recognized. */
interface Kind {
  readonly name: string;
  readonly said: RegExp;
  readonly cause: string;
  /** What a person can do, beginning with a capital letter, without a full stop. */
  readonly fix: Fix;
  /** The fix if this project chose the image, so that its name can't be wrong. @default `fix` */
  readonly fixOfOwn?: Fix;
}

type Fix = string | { readonly [Name in Engine]: string };

/** Faults of the engine itself. The patterns are narrow, so that no fault of a job matches. */
const ENGINE_KINDS: readonly Kind[] = [
  {
    name: 'disk',
    said: /no space left on device|ENOSPC|disk quota exceeded/i,
    cause: 'the disk is full',
    fix: {
      docker: 'Free some space: docker system prune removes unused images and containers',
      podman:
        'Free some space (podman system prune removes unused images and containers), or set TMPDIR to another disk',
    },
  },
  {
    name: 'socket',
    said: /permission denied while trying to connect|dial unix \S+ connect: permission denied/i,
    cause: 'you may not use its socket',
    fix: {
      docker: 'Add yourself to its group (sudo usermod -aG docker $USER) and log in again',
      podman: 'Unset CONTAINER_HOST, or set it to a socket that you may use',
    },
  },
  {
    name: 'not-running',
    said: /cannot connect to (the docker daemon|podman)|is the docker daemon running|unable to connect to podman|failed to connect: (dial|ssh)|error during connect|failed to connect to the docker api|docker desktop is (not running|unable)/i,
    cause: 'it is not running, or not where its client looks for it',
    fix: {
      docker: 'Start Docker Desktop or the service (sudo systemctl start docker), or correct DOCKER_HOST',
      podman: 'Start its machine or service (podman machine start), or correct CONTAINER_HOST',
    },
  },
  {
    name: 'init',
    said: /container-init binary not found|exec: "docker-init": executable file not found|docker-init\S*: no such file|(catatonit|tini)\S*: no such file/i,
    cause: "it has no init program, which is the container's first process",
    fix: {
      docker: "Install docker-init, which is part of Docker's own packages (docker-ce), or tini under that name",
      podman: 'Install the package catatonit',
    },
  },
  {
    name: 'runtime',
    said: /OCI runtime "[^"]*" not found|(unknown or )?invalid runtime name|(unable to locate|could not find a working) conmon|exec: "(runc|crun|containerd-shim\S*)": (executable file|no such)|"?containerd-shim\S*"?: file does not exist|fork\/exec \S*\/(runc|crun|conmon): no such file|no valid executable found for OCI runtime/i,
    cause: 'the program that starts containers is missing',
    fix: {
      docker: 'Install runc (package containerd.io), or correct default-runtime in daemon.json',
      podman: 'Install crun or runc, and conmon, or correct runtime in containers.conf',
    },
  },
  {
    name: 'cgroup',
    said: /cannot use systemd cgroups manager|(unable to apply|applying|setting) cgroup (config|settings)(?!.*current usage)|cgroup mountpoint does not exist|cgroup controller .* (is )?not (available|found)|\/sys\/fs\/cgroup\S*: (read-only file system|permission denied|no such file)|creating cgroup|sd-bus call|interactive authentication required|cgroups?( v?2)? .*not (supported|mounted|enabled)/i,
    cause: 'it cannot create the control group that limits the memory of a container',
    fix: {
      docker: 'Mount /sys/fs/cgroup with its memory controller, writable for the service',
      podman: 'Without systemd set cgroup_manager = "cgroupfs" in containers.conf; /sys/fs/cgroup must be writable',
    },
  },
  {
    name: 'network',
    said: /could not find "?(netavark|aardvark-dns|slirp4netns|pasta)|(netavark|slirp4netns|pasta|CNI)\S*( failed|: error)|exec: "(slirp4netns|pasta|netavark)"|network namespace|\bnetns\b|iptables (failed|v\d)|failed to (create endpoint|set up container networking|program NAT)|could not find .*bridge|\/dev\/net\/tun|setup network|failed to find plugin "|plugin type="\w+" failed|invalid cni_plugin_dirs/i,
    cause: 'it cannot give a container a network',
    fix: {
      docker: "Restart the service, which sets up its bridge, and load the kernel's iptables modules",
      podman:
        'Install netavark and aardvark-dns (passt or slirp4netns without root), or set netns = "host" in containers.conf',
    },
  },
  {
    name: 'users',
    said: /no subuid ranges|(insufficient|not enough) UIDs or GIDs|unable to setup user: invalid argument|(newuidmap|newgidmap)\S*[: ]|cannot set up (the )?(user )?namespace|lchown \S+: invalid argument|subordinate (user|group)? ?ids/i,
    cause: 'your user has no range of user ids for containers',
    fix: {
      docker: 'Add a range for your user to /etc/subuid and /etc/subgid, and restart the service',
      podman:
        'Run sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 $USER, then podman system migrate',
    },
  },
  {
    name: 'storage',
    said: /(storage|graph) ?driver|driver not supported|not supported as upper|kernel does not support overlay|creating runtime static files directory|overlay\S* is not supported|fuse-overlayfs|(mounting|mount) .*overlay|database configuration mismatch|read-only file system|error creating overlay mount|meta\.db|boltdb|layer not known/i,
    cause: 'it cannot use the folder where it keeps images and containers',
    fix: {
      docker:
        'Make data-root writable and use a storage driver that its file system supports (docker info, daemon.json)',
      podman: 'Make graphroot in storage.conf writable, and use a driver that its file system supports',
    },
  },
  {
    name: 'settings',
    said: /decode configuration|reading system config|unable to (configure|parse) .*daemon|error (loading|reading) config(uration)? file|invalid character .* config\.json/i,
    cause: 'its settings cannot be read',
    fix: {
      docker: 'Correct ~/.docker/config.json or daemon.json',
      podman: 'Correct the file that CONTAINERS_CONF or CONTAINERS_STORAGE_CONF names, or containers.conf',
    },
  },
  {
    name: 'buildx',
    said: /buildx component is missing|buildx: (command )?not found|"buildx" is not a docker command|--mount option requires BuildKit/i,
    cause: 'it has no BuildKit, which builds images',
    fix: 'Install docker-buildx-plugin (docker-buildx in some distributions)',
  },
];

/** Faults in pulling an image. */
const IMAGE_KINDS: readonly Kind[] = [
  {
    name: 'registry-rate',
    said: /toomanyrequests|too many requests|rate limit|\b429\b/i,
    cause: 'the registry limits the pulls of this address',
    fix: 'Log in to the registry, wait, or use a mirror such as public.ecr.aws/docker/library',
  },
  {
    name: 'architecture',
    said: ENGINE_WORDS.noVariant,
    cause: "it has no variant for the job's architecture",
    fix: 'Use an image that has one, or set resources.architecture',
  },
  {
    name: 'registry-name',
    said: /no such host|name resolution|server misbehaving|name or service not known/i,
    cause: "the registry's name is not found",
    fix: "Correct the image's name, or check this machine's network and DNS",
    fixOfOwn: "Check this machine's network and DNS",
  },
  {
    name: 'registry-tls',
    said: /x509|certificate|tls: |server gave HTTP response to HTTPS client/i,
    cause: "the registry's certificate is not trusted, or it speaks no TLS",
    fix: {
      docker: 'Add its certificate to /etc/docker/certs.d, or list it in insecure-registries',
      podman: 'Add its certificate to /etc/containers/certs.d, or set insecure = true in registries.conf',
    },
  },
  {
    name: 'registry-access',
    said: /unauthorized|denied|authentication required|no basic auth credentials|insufficient_scope|authorization (failed|token has expired)|\b40[13]\b/i,
    cause: 'the registry refuses access, or has no image of that name',
    fix: {
      docker:
        "Correct the image's name, or log in: docker login, for Amazon ECR with the password of aws ecr get-login-password",
      podman:
        "Correct the image's name, or log in: podman login, for Amazon ECR with the password of aws ecr get-login-password",
    },
    // A public registry refuses a login that has expired.
    fixOfOwn: {
      docker: 'Log out of the registry, which refuses a login that has expired: docker logout <registry>',
      podman: 'Log out of the registry, which refuses a login that has expired: podman logout <registry>',
    },
  },
  {
    name: 'image-missing',
    said: /manifest unknown|name unknown|manifest for .* not found|repository .* not (exist|found)|\b404\b|image not known|no such image|: not found/i,
    cause: 'the registry has no such image',
    fix: "Correct the image's name or tag",
    fixOfOwn: 'Set a version of the language that the registry has',
  },
  {
    name: 'short-name',
    said: /short-name .* did not resolve|short-name resolution/i,
    cause: 'Podman does not know which registry has it',
    fix: 'Write the whole name, such as docker.io/library/node:24',
  },
  {
    name: 'registry-unreachable',
    said: /connection (refused|reset)|i\/o timeout|network is unreachable|no route to host|deadline exceeded|handshake timeout|request canceled|proxyconnect|\bEOF\b|client\.timeout/i,
    cause: 'the registry does not answer',
    fix: "Check this machine's network, proxy (HTTPS_PROXY) and VPN",
  },
  {
    name: 'registry-fault',
    said: /unexpected (http )?status|\b50\d\b|internal server error/i,
    cause: 'the registry has a fault',
    fix: 'Try again later',
  },
];

/** A fault of the container engine, not of the job. */
export class EngineFault extends UsageError {
  constructor(
    readonly engine: Engine,
    /** The kind of fault, for programs. */
    readonly kind: string,
    /** What it can't do and why, including its own words, without its name: `cannot pull busybox: ...`. */
    readonly failure: string,
    /** How to fix it. */
    readonly fix: string,
  ) {
    super(`${engine} ${failure}. ${fix}.`);
  }

  /** What can't be done by which engine, and why. */
  get problem(): string {
    return `${this.engine} ${this.failure}`;
  }
}

const DOING: { readonly [Name in Doing]: (subject: string) => string } = {
  answer: () => 'does not answer',
  pull: (image) => `cannot pull ${image}`,
  build: (subject) => `cannot build ${subject}`,
  run: () => 'cannot run containers here',
};

/**
 * The known fault that a message of an engine's client reports; undefined if there is none.
 *
 * @param subject what is pulled or built
 * @param isOwn whether this project chose the image that is pulled
 */
export function engineFault(
  engine: Engine,
  doing: Doing,
  said: string,
  subject = 'the image',
  isOwn = false,
): EngineFault | undefined {
  const kinds =
    doing === 'pull' ? [...IMAGE_KINDS.slice(0, 2), ...ENGINE_KINDS, ...IMAGE_KINDS.slice(2)] : ENGINE_KINDS;
  const kind = kinds.find((kind) => kind.said.test(said));
  if (kind === undefined) return undefined;
  const { name, cause, fix, fixOfOwn = fix } = kind;
  const failure = `${DOING[doing](subject)}: ${cause} (${wordsOf(said, kind.said)})`;
  const told = isOwn ? fixOfOwn : fix;
  return new EngineFault(engine, name, failure, typeof told === 'string' ? told : told[engine]);
}

/** The fault of an engine that has no emulation of another architecture. */
export function foreignFault(
  engine: Engine,
  doing: Doing,
  architecture: Architecture,
  subject = 'the image',
): EngineFault {
  const failure = `${DOING[doing](subject)}: it is for ${architecture}, and this machine is ${process.arch}`;
  const fix = "Install QEMU's emulation (package qemu-user-static), or set resources.architecture";
  return new EngineFault(engine, 'emulation', failure, fix);
}

/** A fault that isn't known, in the engine's words. */
export function unknownFault(engine: Engine, doing: Doing, said: string, subject = 'the image'): EngineFault {
  const fix = `Run ${engine} info for details`;
  return new EngineFault(engine, 'unknown', `${DOING[doing](subject)}: ${reasonIn(said) || 'no reason given'}`, fix);
}

/** Maximum length of an engine's own words in a message. */
const WORDS = 200;

/** The last line of an engine's output that matches a kind of fault. */
function wordsOf(said: string, kind: RegExp): string {
  const line =
    said
      .split('\n')
      .filter((text) => kind.test(text))
      .at(-1) ?? '';
  const words = bare(line);
  // The fault is at the end of the line, its subject at the beginning.
  return words.length > WORDS ? `${words.slice(0, WORDS / 4)} … ${words.slice((-3 * WORDS) / 4)}` : words;
}

/** The reason in a client's output: the last line, except one that points to the client's help. */
export function reasonIn(said: string): string {
  const lines = said.split('\n').map((line) => line.trim());
  return bare(lines.filter((line) => line !== '' && !/^(Run|See) '/.test(line)).at(-1) ?? '');
}

/** A line of an engine without its prefix, such as the time. */
function bare(line: string): string {
  const [, logged] = /^time="[^"]*" level=\w+ msg=("(?:[^"\\]|\\.)*")/.exec(line.trim()) ?? [];
  const text = logged === undefined ? line.trim() : unquoted(logged);
  return text.replace(/^(docker: )?(Error( response from daemon)?|ERROR): /, '').replace(/\.$/, '');
}

function unquoted(text: string): string {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
