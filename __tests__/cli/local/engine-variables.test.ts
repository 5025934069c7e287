import { reachable, variableWords } from '../../../cli/local/engine-variables';

const EVENT = { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:4000', OTHER: 'x' };
const before = { ...process.env };

afterEach(() => {
  process.env = { ...before };
});

test.each([
  ['docker', 'DOCKER_HOST', 'tcp://10.0.0.5:2375'],
  ['docker', 'DOCKER_HOST', 'ssh://me@build.example'],
  ['podman', 'CONTAINER_HOST', 'ssh://core@build.example:22/run/podman/podman.sock'],
] as const)('%s at %s=%s cannot reach an address of this machine', (engine, variable, address) => {
  process.env[variable] = address;
  expect(() => reachable(engine, EVENT, 'linux')).toThrow(
    `AWS_ENDPOINT_URL_S3 is http://127.0.0.1:4000, an address of this machine, and ${engine} runs containers at ${address}, which cannot reach it. ` +
      'Use an engine of this machine or --plain, or a smaller event if this one is in the payload bucket.',
  );
  expect(reachable(engine, { OTHER: 'x' }, 'linux')).toEqual({ environment: { OTHER: 'x' }, network: [] });
});

test.each([
  ['docker', 'DOCKER_HOST', 'unix:///run/user/1000/docker.sock'],
  ['docker', 'DOCKER_HOST', 'tcp://localhost:2375'],
  ['docker', 'DOCKER_HOST', 'npipe:////./pipe/docker_engine'],
  ['podman', 'CONTAINER_HOST', 'ssh://core@127.0.0.1:40123/run/user/501/podman/podman.sock'],
  ['podman', 'CONTAINER_HOST', 'tcp://[::1]:2375'],
] as const)('%s at %s=%s is on this machine', (engine, variable, address) => {
  process.env[variable] = address;
  expect(reachable(engine, EVENT, 'linux')).toEqual({ environment: EVENT, network: ['--network', 'host'] });
});

test.each<[string, string, NodeJS.Platform, 'docker' | 'podman', string, boolean]>([
  ['AWS_ENDPOINT_URL_S3', 'http://127.0.0.1:1', 'linux', 'podman', 'http://127.0.0.1:1', true],
  ['AWS_ENDPOINT_URL', 'http://localhost:4566', 'linux', 'podman', 'http://localhost:4566', true],
  ['AWS_ENDPOINT_URL', 'http://localhost:1/x', 'darwin', 'podman', 'http://host.containers.internal:1/x', false],
  ['AWS_ENDPOINT_URL', 'http://127.0.1.1:4566', 'linux', 'podman', 'http://127.0.1.1:4566', true],
  ['AWS_ENDPOINT_URL', 'http://s3.localhost:1', 'darwin', 'podman', 'http://host.containers.internal:1', false],
  [
    'AWS_ENDPOINT_URL',
    'http://localhost.localstack.cloud:4566',
    'darwin',
    'podman',
    'http://host.containers.internal:4566',
    false,
  ],
  ['AWS_ENDPOINT_URL', 'http://localhost.example:1', 'linux', 'podman', 'http://localhost.example:1', false],
  ['AWS_ENDPOINT_URL_S3', 'http://s3.example:1', 'linux', 'podman', 'http://s3.example:1', false],
  ['OTHER', 'http://127.0.0.1:1', 'linux', 'podman', 'http://127.0.0.1:1', false],
])('%s=%s on %s, by %s', (variable, url, platform, engine, reached, isShared) => {
  delete process.env.CONTAINER_HOST;
  expect(reachable(engine, { [variable]: url }, platform)).toEqual({
    environment: { [variable]: reached },
    network: isShared ? ['--network', 'host'] : [],
  });
});

test("a queue's URL at an emulator follows it, and other addresses of this machine do not", () => {
  delete process.env.CONTAINER_HOST;
  const given = {
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    STP_INBOX_URL: 'http://127.0.0.1:1/0/inbox',
    OTHER: 'http://127.0.0.1:11',
  };
  expect(reachable('podman', given, 'darwin').environment).toEqual({
    AWS_ENDPOINT_URL: 'http://host.containers.internal:1',
    STP_INBOX_URL: 'http://host.containers.internal:1/0/inbox',
    OTHER: 'http://127.0.0.1:11',
  });
});

test("Docker's name of this machine, where its engine is in a virtual one", () => {
  process.env.DOCKER_HOST = 'unix:///Users/me/.docker/run/docker.sock';
  const { environment, network } = reachable('docker', { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1' }, 'darwin');
  expect([environment, network]).toEqual([{ AWS_ENDPOINT_URL_S3: 'http://host.docker.internal:1' }, []]);
});

test('a variable that neither a file nor the client can hand over is refused', () =>
  expect(() => variableWords({ STORAGE_OPTS: 'a\nb' })).toThrow(
    /^The container engine reads the variable STORAGE_OPTS too, .* --plain\.$/,
  ));
