import type { Engine } from '../../../cli/local/engine-client';
import { type Doing, engineFault, foreignFault, reasonIn, unknownFault } from '../../../cli/local/engine-fault';

/** What the engines say, in words of their own: as Podman 4.3 said it, and as Docker's documentation and its users quote it. */
const SAID: readonly (readonly [kind: string, engine: Engine, doing: Doing, said: string])[] = [
  ['disk', 'docker', 'run', 'Error response from daemon: mkdir /var/lib/docker/overlay2/x: no space left on device'],
  [
    'disk',
    'podman',
    'pull',
    'Error: writing blob: adding layer with blob "sha256:7": write /usr/local/bin/node: no space left on device',
  ],
  [
    'socket',
    'docker',
    'answer',
    'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.24/info": dial unix /var/run/docker.sock: connect: permission denied',
  ],
  [
    'socket',
    'docker',
    'answer',
    'permission denied while trying to connect to the docker API at unix:///var/run/docker.sock',
  ],
  [
    'socket',
    'podman',
    'answer',
    'Cannot connect to Podman. Please verify your connection\nError: unable to connect to Podman socket: Get "http://d/v4.3.1/libpod/_ping": dial unix /tmp/api.sock: connect: permission denied',
  ],
  [
    'not-running',
    'docker',
    'answer',
    'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
  ],
  [
    'not-running',
    'docker',
    'answer',
    'error during connect: Get "http://%2F%2F.%2Fpipe%2FdockerDesktopLinuxEngine/v1.47/info": open //./pipe/dockerDesktopLinuxEngine: The system cannot find the file specified.',
  ],
  [
    'not-running',
    'docker',
    'answer',
    'failed to connect to the docker API at unix:///Users/me/.docker/run/docker.sock; check if the path is correct and if the daemon is running',
  ],
  [
    'not-running',
    'podman',
    'answer',
    'Error: unable to connect to Podman socket: Get "http://d/v4.3.1/libpod/_ping": dial unix /nosuch.sock: connect: no such file or directory',
  ],
  ['not-running', 'podman', 'answer', 'Error: failed to connect: dial tcp 127.0.0.1:1: connect: connection refused'],
  [
    'init',
    'docker',
    'run',
    'docker: Error response from daemon: exec: "docker-init": executable file not found in $PATH.',
  ],
  [
    'init',
    'podman',
    'run',
    'Error: container-init binary not found on the host: stat /nosuch/catatonit: no such file or directory',
  ],
  ['runtime', 'docker', 'run', 'docker: Error response from daemon: unknown or invalid runtime name: nosuch.'],
  [
    'runtime',
    'docker',
    'run',
    'Error response from daemon: failed to create task for container: exec: "runc": executable file not found in $PATH',
  ],
  [
    'runtime',
    'docker',
    'run',
    'Error response from daemon: failed to start shim: exec: "containerd-shim-runc-v2": executable file not found in $PATH: unknown',
  ],
  ['runtime', 'podman', 'run', 'Error: default OCI runtime "crun" not found: invalid argument'],
  [
    'cgroup',
    'docker',
    'run',
    'docker: Error response from daemon: cgroups: cgroup mountpoint does not exist: unknown.',
  ],
  [
    'cgroup',
    'podman',
    'run',
    'Error: OCI runtime error: runc: runc create failed: systemd not running on this host, cannot use systemd cgroups manager',
  ],
  [
    'cgroup',
    'podman',
    'run',
    'Error: runc: runc create failed: unable to start container process: unable to apply cgroup configuration: openat2 /sys/fs/cgroup/cpuset/libpod_parent/libpod-f/cpuset.cpus: no such file or directory: OCI runtime attempted to invoke a command that was not found',
  ],
  [
    'cgroup',
    'podman',
    'run',
    'Error: OCI runtime error: runc: runc create failed: unable to start container process: unable to apply cgroup configuration: mkdir /sys/fs/cgroup/memory/libpod_parent/libpod-a: read-only file system',
  ],
  [
    'cgroup',
    'podman',
    'run',
    'Error: OCI runtime error: crun: the requested cgroup controller `memory` is not available',
  ],
  [
    'network',
    'docker',
    'run',
    'docker: Error response from daemon: failed to set up container networking: driver failed programming external connectivity on endpoint x',
  ],
  [
    'network',
    'docker',
    'run',
    'Error response from daemon: failed to create endpoint x on network bridge: iptables failed: iptables --wait -t nat -A DOCKER: exit status 3',
  ],
  [
    'network',
    'podman',
    'run',
    'Error: could not find "netavark" in one of [/nosuch].  To resolve this error, set the helper_binaries_dir key in the `[engine]` section of containers.conf',
  ],
  [
    'network',
    'podman',
    'run',
    'Error: plugin type="bridge" failed (add): failed to find plugin "bridge" in path [/nosuch]',
  ],
  ['network', 'podman', 'run', 'level=error msg="validating network configs invalid cni_plugin_dirs: /nosuch"'],
  [
    'network',
    'podman',
    'run',
    'Error: /usr/bin/slirp4netns failed: "open(\\"/dev/net/tun\\"): Permission denied\\nchild failed(1)\\n"',
  ],
  [
    'network',
    'podman',
    'run',
    'Error: could not find slirp4netns, the network namespace can\'t be configured: exec: "slirp4netns": executable file not found in $PATH',
  ],
  [
    'users',
    'podman',
    'run',
    'Error: OCI runtime error: runc: runc create failed: unable to start container process: unable to setup user: invalid argument',
  ],
  [
    'users',
    'podman',
    'pull',
    'Error: copying system image from manifest list: writing blob: potentially insufficient UIDs or GIDs available in user namespace (requested 0:42 for /etc/gshadow): lchown /etc/gshadow: invalid argument',
  ],
  ['storage', 'docker', 'answer', 'error initializing graphdriver: driver not supported: btrfs'],
  [
    'storage',
    'podman',
    'answer',
    'Error: creating runtime static files directory: mkdir /tmp/ro/root: read-only file system',
  ],
  [
    'storage',
    'podman',
    'answer',
    'Error: kernel does not support overlay fs: \'overlay\' is not supported over extfs at "/x": backing file system is unsupported for this graph driver',
  ],
  [
    'settings',
    'podman',
    'answer',
    'time="2026-11-26T03:48:49Z" level=error msg="reading system config \\"c.conf\\": decode configuration c.conf: toml: line 1: expected \'.\'"',
  ],
  ['buildx', 'docker', 'build', 'ERROR: BuildKit is enabled but the buildx component is missing or broken.'],
  [
    'registry-rate',
    'docker',
    'pull',
    'Error response from daemon: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit',
  ],
  [
    'registry-rate',
    'docker',
    'pull',
    'failed to solve: node:24: failed to resolve source metadata for docker.io/library/node:24: unexpected status from HEAD request to https://registry-1.docker.io/v2/library/node/manifests/24: 429 Too Many Requests',
  ],
  ['architecture', 'docker', 'pull', 'no matching manifest for linux/arm64/v8 in the manifest list entries'],
  [
    'architecture',
    'podman',
    'pull',
    'Error: choosing an image from manifest list docker://x: no image found in image index for architecture arm64, variant "v8", OS linux',
  ],
  [
    'registry-name',
    'docker',
    'pull',
    'Error response from daemon: Get "https://nosuch.invalid/v2/": dial tcp: lookup nosuch.invalid on 127.0.0.53:53: no such host',
  ],
  [
    'registry-name',
    'podman',
    'pull',
    'Error: initializing source docker://nosuch.invalid/a:1: pinging container registry nosuch.invalid: Get "https://nosuch.invalid/v2/": dial tcp: lookup nosuch.invalid on 10.0.0.2:53: no such host',
  ],
  [
    'registry-tls',
    'docker',
    'pull',
    'Error response from daemon: Get "https://registry.corp/v2/": x509: certificate signed by unknown authority',
  ],
  [
    'registry-tls',
    'podman',
    'pull',
    'Error: initializing source docker://localhost:5999/x:1: pinging container registry localhost:5999: Get "https://localhost:5999/v2/": tls: first record does not look like a TLS handshake',
  ],
  [
    'registry-tls',
    'docker',
    'pull',
    'Error response from daemon: Get "https://localhost:5000/v2/": http: server gave HTTP response to HTTPS client',
  ],
  [
    'registry-access',
    'docker',
    'pull',
    "Error response from daemon: pull access denied for x, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
  ],
  [
    'registry-access',
    'docker',
    'pull',
    'Error response from daemon: Head "https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/v2/x/manifests/1": no basic auth credentials',
  ],
  [
    'registry-access',
    'docker',
    'pull',
    'failed to solve: x: failed to resolve source metadata for docker.io/x:1: failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://auth.docker.io/token: 401 Unauthorized',
  ],
  [
    'registry-access',
    'podman',
    'pull',
    'Error: initializing source docker://localhost:5999/auth/x:1: reading manifest 1 in localhost:5999/auth/x: unauthorized',
  ],
  [
    'image-missing',
    'docker',
    'pull',
    'Error response from daemon: manifest for node:nosuch not found: manifest unknown: manifest unknown',
  ],
  [
    'image-missing',
    'docker',
    'pull',
    'failed to solve: node:nosuch: failed to resolve source metadata for docker.io/library/node:nosuch: docker.io/library/node:nosuch: not found',
  ],
  [
    'image-missing',
    'podman',
    'pull',
    'Error: initializing source docker://localhost:5999/gone/x:1: reading manifest 1 in localhost:5999/gone/x: manifest unknown',
  ],
  [
    'image-missing',
    'podman',
    'pull',
    'Error: initializing source docker://localhost:5999/name/x:1: reading manifest 1 in localhost:5999/name/x: name unknown',
  ],
  [
    'short-name',
    'podman',
    'pull',
    'Error: short-name "busybox2" did not resolve to an alias and no unqualified-search registries are defined in "/etc/containers/registries.conf"',
  ],
  [
    'registry-unreachable',
    'docker',
    'pull',
    'Error response from daemon: Get "https://registry-1.docker.io/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
  ],
  [
    'registry-unreachable',
    'podman',
    'pull',
    'Error: initializing source docker://localhost:1/a:1: pinging container registry localhost:1: Get "https://localhost:1/v2/": dial tcp 127.0.0.1:1: connect: connection refused',
  ],
  [
    'registry-fault',
    'podman',
    'pull',
    'Error: initializing source docker://localhost:5999/x:1: reading manifest 1 in localhost:5999/x: received unexpected HTTP status: 500 Internal Server Error',
  ],
];

test.each(SAID)('%s: what %s says when it is to %s', (kind, engine, doing, said) => {
  const fault = engineFault(engine, doing, `${said}\nSee '${engine} run --help'.`, 'x:1');
  expect(fault?.kind).toBe(kind);
  expect(fault?.message).toMatch(/^(docker|podman) [^\n]+: [^\n]+ \([^\n]+\)\. [A-Z][^\n]+\.$/);
});

test.each([
  'Error: runc: runc create failed: unable to start container process: exec: "nosuch": executable file not found in $PATH: OCI runtime attempted to invoke a command that was not found',
  'Error: runc: runc create failed: unable to start container process: exec: "/etc/passwd": permission denied: OCI permission denied',
  'Error: workdir "/etc/passwd" exists on container f, but is not a directory',
  'Error: unable to find user nosuch: no matching entries in passwd file',
  'ERROR (catatonit:6): failed to exec pid1: No such file or directory',
  'docker: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "/init": stat /init: no such file or directory: unknown',
])("a job's own mistake is no fault of the engine: %s", (said) =>
  expect([engineFault('podman', 'run', said), engineFault('docker', 'run', said)]).toEqual([undefined, undefined]),
);

test('a fault names the problem, the words of the engine, and the way out', () => {
  const said =
    'Error: container-init binary not found on the host: stat /nosuch/catatonit: no such file or directory\n';
  expect(engineFault('podman', 'run', said)?.message).toBe(
    "podman cannot run containers here: it has no init program, which is the container's first process (container-init binary not found on the host: stat /nosuch/catatonit: no such file or directory). Install the package catatonit.",
  );
});

test("a registry's fault is none of a container that runs", () =>
  expect(engineFault('podman', 'run', 'Error: denied')).toBeUndefined());

test('long words are cut where nothing of weight stands', () => {
  const words = `initializing source ${'x'.repeat(400)}: no such host`;
  const message = engineFault('docker', 'pull', `Error: ${words}`)?.message ?? '';
  expect(message).toContain('(initializing source xxx');
  expect(message).toContain(' … xxx');
  expect(message).toContain(': no such host)');
});

test('what nothing is known of is told in the words of the engine', () =>
  expect(
    unknownFault('docker', 'run', "docker: Error response from daemon: strange.\nSee 'docker run --help'.").message,
  ).toBe('docker cannot run containers here: strange. Run docker info for details.'));

test('an architecture that is not emulated names package and property', () =>
  expect(foreignFault('docker', 'run', 'arm64').message).toMatch(
    /^docker cannot run containers here: it is for arm64, and this machine is \w+\. .*qemu-user-static.*resources\.architecture\.$/,
  ));

test.each([
  ['', ''],
  ["docker: Error response from daemon: no.\n\nRun 'docker run --help' for more information\n", 'no'],
  ['time="2026-11-26T03:47:13Z" level=error msg="say \\"no\\""', 'say "no"'],
])('the reason in %j', (said, reason) => expect(reasonIn(said)).toBe(reason));

describe('a base image that this project chose', () => {
  const fix = (said: string, isOwn: boolean) =>
    (['docker', 'podman'] as const).map((engine) => engineFault(engine, 'pull', said, 'the base image', isOwn)?.fix);

  it.each([
    ['dial tcp: lookup public.ecr.aws: no such host', /^Check this machine's network and DNS$/],
    ['unauthorized: Your authorization token has expired', /: (docker|podman) logout <registry>$/],
    ['manifest unknown', /^Set a version of the language that the registry has$/],
    ['i/o timeout', /^Check this machine's network, proxy/],
  ])('%s: no fix corrects its name', (said, expected) => {
    for (const text of fix(said, true)) expect(text).toMatch(expected);
  });

  it('one that a config names has other fixes', () => {
    const said = ['no such host', 'unauthorized', 'manifest unknown'];
    expect(said.flatMap((each) => fix(each, false)).every((text) => text?.startsWith("Correct the image's name"))).toBe(
      true,
    );
  });
});
