import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const SCRIPT = join(__dirname, '../../modules/compute/spot-watcher.sh');
const NOTICE = '{"action": "terminate", "time": "2030-01-01T00:02:00Z"}';
const LIFE_CYCLE = '/latest/meta-data/instance-life-cycle';
const ACTION = '/latest/meta-data/spot/instance-action';
const LIST =
  'ps --no-trunc --filter label=com.amazonaws.ecs.task-arn --format {{.ID}} {{.Label "com.amazonaws.ecs.container-name"}}';

/** The script is for Amazon Linux, and its tests run wherever what it uses is to be had. */
const hasTools = spawnSync('bash', ['-c', 'command -v curl && command -v timeout']).status === 0;
const hasDocker = spawnSync('docker', ['--version']).status === 0;

async function until(condition: () => boolean, what: string, seconds = 240): Promise<void> {
  const limit = Date.now() + seconds * 1_000;
  while (!condition()) {
    if (Date.now() > limit) throw new Error(`waited ${seconds} s in vain for ${what}`);
    await pause(10);
  }
}

function listen(server: Server, port = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** The instance metadata service, version 2: answers only to a token that it gave and that is still good. */
class Metadata {
  lifeCycle = 'spot';
  /** Body of the notice, or none. */
  action: string | undefined;
  /** What happens to requests: `down` cuts the connection, `silent` never answers. */
  mode: 'up' | 'down' | 'silent' = 'up';
  readonly requests: { method: string; path: string; headers: IncomingMessage['headers']; time: number }[] = [];
  readonly tokens: { value: string; ttl: number; expires: number }[] = [];
  unauthorized = 0;
  /** Whether it answers to requests for a token, or is too busy. */
  givesTokens = true;
  refusedTokens = 0;
  private port = 0;
  private server = createServer((request, response) => this.answer(request, response));

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    this.server = createServer((request, response) => this.answer(request, response));
    this.port = await listen(this.server, this.port);
  }

  stop(): Promise<void> {
    return close(this.server);
  }

  polls(path = ACTION): number {
    return this.requests.filter((request) => request.path === path).length;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { method = '', url: path = '', headers } = request;
    this.requests.push({ method, path, headers, time: Date.now() });
    if (this.mode === 'down') request.socket.destroy();
    if (this.mode !== 'up') return;
    if (path === '/latest/api/token') {
      const ttl = Number(headers['x-aws-ec2-metadata-token-ttl-seconds']);
      if (method !== 'PUT' || !Number.isInteger(ttl) || ttl < 1 || ttl > 21_600) {
        response.writeHead(400).end();
        return;
      }
      if (!this.givesTokens) {
        this.refusedTokens++;
        response.writeHead(503).end();
        return;
      }
      const value = `token-${this.tokens.length}==`;
      this.tokens.push({ value, ttl, expires: Date.now() + ttl * 1000 });
      response.end(value);
      return;
    }
    const token = this.tokens.find(({ value }) => value === headers['x-aws-ec2-metadata-token']);
    if (method !== 'GET' || token === undefined || token.expires < Date.now()) {
      this.unauthorized++;
      response.writeHead(401).end('<html>Unauthorized</html>');
    } else if (path === LIFE_CYCLE) {
      response.end(this.lifeCycle);
    } else if (path === ACTION && this.action !== undefined) {
      response.end(this.action);
    } else {
      response.writeHead(404).end('<html>Not Found</html>');
    }
  }
}

interface Container {
  readonly id: string;
  /** The ECS agent labels each container of a task with the task's ARN and the container's name. */
  readonly task?: boolean;
  readonly name?: string;
}

const AGENT: Container = { id: 'a9e27' };
const JOB: Container = { id: '10b01', task: true, name: 'default' };
const JOB_2: Container = { id: '10b02', task: true, name: 'default' };
const PAUSE: Container = { id: '9a05e', task: true, name: '~internal~ecs~pause' };

/**
 * A `docker` command: lists the running containers that match its filter, records every call, prints the ids that it
 * signalled. A signalled container goes on running, as a job does that uses the time that it was given.
 */
class Docker {
  constructor(private readonly folder: string) {
    this.run([]);
    writeFileSync(
      this.command,
      `#!/usr/bin/env bash
echo "$*" >>'${folder}/calls'
if [ -e '${folder}/broken' ]; then echo 'Cannot connect to the Docker daemon' >&2; exit 1; fi
case "$*" in
  '${LIST}') cat '${folder}/containers' ;;
  'kill --signal TERM '*)
    if [ -e "${folder}/unkillable-$4" ]; then echo "cannot kill container: $4" >&2; exit 1; fi
    echo "$4" ;;
  *) echo "unknown command: $*" >&2; exit 125 ;;
esac
`,
      { mode: 0o755 },
    );
  }

  get command(): string {
    return join(this.folder, 'docker');
  }

  run(containers: Container[]): void {
    const listed = containers.filter(({ task }) => task).map(({ id, name = '' }) => `${id} ${name}\n`);
    writeFileSync(join(this.folder, 'containers'), listed.join(''));
  }

  set broken(value: boolean) {
    this.flag('broken', value);
  }

  unkillable({ id }: Container, value: boolean): void {
    this.flag(`unkillable-${id}`, value);
  }

  get calls(): string[] {
    const file = join(this.folder, 'calls');
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  }

  get lists(): number {
    return this.calls.filter((call) => call === LIST).length;
  }

  /** Ids in the order of their signals, one for each signal. */
  get kills(): string[] {
    return this.calls.filter((call) => call !== LIST).map((call) => call.replace(/^kill --signal TERM /, ''));
  }

  private flag(name: string, value: boolean): void {
    if (value) writeFileSync(join(this.folder, name), '');
    else rmSync(join(this.folder, name), { force: true });
  }
}

(hasTools ? describe : describe.skip)('spot-watcher.sh (needs bash, curl and timeout)', () => {
  let folder: string;
  let metadata: Metadata;
  let docker: Docker;
  let watcher: ChildProcess | undefined;
  let exited: Promise<number | null>;
  let output: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'spot-watcher-'));
    docker = new Docker(folder);
    metadata = new Metadata();
    await metadata.start();
  });

  afterEach(async () => {
    if (watcher?.pid !== undefined && watcher.exitCode === null) {
      // Its own process group: the script's sleep or curl goes with it.
      process.kill(-watcher.pid, 'SIGKILL');
      await exited;
    }
    watcher = undefined;
    await metadata.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function watch(env: Record<string, string> = {}): void {
    output = '';
    const child = spawn('bash', [SCRIPT], {
      detached: true,
      env: {
        PATH: process.env.PATH,
        // Metadata must never be asked through a proxy.
        http_proxy: 'http://127.0.0.1:9',
        SPOT_WATCHER_METADATA_URL: metadata.url,
        SPOT_WATCHER_INTERVAL: '0.05',
        SPOT_WATCHER_DOCKER: docker.command,
        ...env,
      },
    });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
    exited = new Promise((resolve) => child.on('close', resolve));
    watcher = child;
  }

  const polledAgain = async (times = 3) => {
    const seen = metadata.polls();
    await until(() => metadata.polls() >= seen + times, `${times} more polls`);
  };
  const listedAgain = async (times = 3) => {
    const seen = docker.lists;
    await until(() => docker.lists >= seen + times, `${times} more lists of containers`);
  };
  const killed = (...containers: Container[]) =>
    until(() => containers.every(({ id }) => docker.kills.includes(id)), `signals to ${containers.map((c) => c.id)}`);

  it('ends with success on an on-demand instance, without a poll', async () => {
    metadata.lifeCycle = 'on-demand';
    watch();
    expect(await exited).toBe(0);
    expect(metadata.polls(LIFE_CYCLE)).toBe(1);
    expect(metadata.polls()).toBe(0);
    expect(docker.calls).toEqual([]);
    expect(output).toBe('This is not a Spot instance (on-demand): nothing to watch.\n');
  });

  it('gets a token of 300 s by PUT, once, and sends it with each request', async () => {
    watch();
    await until(() => metadata.polls() >= 3, 'three polls');
    const [first, ...rest] = metadata.requests;
    expect(first).toMatchObject({
      method: 'PUT',
      path: '/latest/api/token',
      headers: { 'x-aws-ec2-metadata-token-ttl-seconds': '300' },
    });
    expect(rest.map(({ path }) => path).slice(0, 4)).toEqual([LIFE_CYCLE, ACTION, ACTION, ACTION]);
    for (const { method, headers } of rest) {
      expect([method, headers['x-aws-ec2-metadata-token']]).toEqual(['GET', metadata.tokens[0]?.value]);
    }
  });

  it('renews the token before it expires', async () => {
    watch({ SPOT_WATCHER_TOKEN_TTL: '8' });
    await until(() => metadata.tokens.length >= 1, 'a token');
    // However late the renewal comes on a busy machine: what it must not wait for is a refusal.
    const [token] = metadata.tokens;
    if (token) token.expires = Number.POSITIVE_INFINITY;
    await until(() => metadata.tokens.length >= 2, 'a second token');
    await polledAgain();
    expect(metadata.requests.at(-1)?.headers['x-aws-ec2-metadata-token']).toBe(metadata.tokens[1]?.value);
    expect(metadata.unauthorized).toBe(0);
  });

  it('goes on with a token that is still good when it cannot be renewed', async () => {
    docker.run([JOB]);
    watch({ SPOT_WATCHER_TOKEN_TTL: '14' });
    await until(() => metadata.polls() > 0, 'a poll');
    metadata.givesTokens = false;
    // However late the renewal and the notice come on a busy machine.
    const [token] = metadata.tokens;
    if (token) token.expires = Number.POSITIVE_INFINITY;
    // Past the half of its time, when it is to be renewed.
    await until(() => metadata.refusedTokens > 0, 'a renewal that failed');
    metadata.action = NOTICE;
    await killed(JOB);
    expect(metadata.tokens).toHaveLength(1);
  });

  it('gets a new token when the metadata service refuses the one it has', async () => {
    docker.run([JOB]);
    watch();
    await until(() => metadata.polls() > 0, 'a poll');
    const [token] = metadata.tokens;
    if (token) token.expires = 0;
    await until(() => metadata.tokens.length === 2, 'a new token');
    metadata.action = NOTICE;
    await killed(JOB);
    expect(metadata.unauthorized).toBe(1);
  });

  it('leaves the containers alone while there is no notice', async () => {
    docker.run([AGENT, JOB]);
    watch();
    await until(() => metadata.polls() >= 5, 'five polls');
    expect(docker.calls).toEqual([]);
  });

  it.each(['stop', 'terminate', 'hibernate'])('sends SIGTERM once to each job container: %s', async (action) => {
    metadata.action = JSON.stringify({ action, time: '2030-01-01T00:02:00Z' });
    docker.run([JOB, JOB_2]);
    watch();
    await killed(JOB, JOB_2);
    await listedAgain();
    expect([...docker.kills].sort()).toEqual([JOB.id, JOB_2.id]);
    expect(output).toContain(`SIGTERM to ${JOB.id} ${JOB_2.id}\n`);
  });

  it('takes any other action for no notice', async () => {
    metadata.action = '{"action": "noop", "time": "2030-01-01T00:02:00Z"}';
    docker.run([JOB]);
    watch();
    await until(() => metadata.polls() >= 3, 'three polls');
    expect(docker.calls).toEqual([]);
  });

  it("leaves the ECS agent, and the agent's own containers in a task, alone", async () => {
    metadata.action = NOTICE;
    docker.run([AGENT, PAUSE, JOB]);
    watch();
    await killed(JOB);
    await listedAgain();
    expect(docker.kills).toEqual([JOB.id]);
  });

  it('signals a container that starts after the notice', async () => {
    metadata.action = NOTICE;
    docker.run([JOB]);
    watch();
    await killed(JOB);
    docker.run([JOB, JOB_2]);
    await killed(JOB_2);
    await listedAgain();
    expect(docker.kills).toEqual([JOB.id, JOB_2.id]);
  });

  it('stops when the notice is gone, as after hibernation, and heeds the next one', async () => {
    metadata.action = NOTICE;
    docker.run([JOB]);
    watch();
    await killed(JOB);
    metadata.action = undefined;
    await polledAgain();
    docker.run([JOB_2]);
    const lists = docker.lists;
    await polledAgain();
    expect(docker.lists).toBe(lists);
    metadata.action = NOTICE;
    await killed(JOB_2);
    expect(docker.kills).toEqual([JOB.id, JOB_2.id]);
  });

  it('keeps trying, without hurry, while the metadata service is down', async () => {
    metadata.mode = 'down';
    docker.run([JOB]);
    watch({ SPOT_WATCHER_INTERVAL: '0.1' });
    await until(() => metadata.requests.length >= 4, 'four attempts');
    // A timer may fire a little early by the other process's clock: 90 ms for each pause of 100.
    const [first, , , fourth] = metadata.requests.map(({ time }) => time);
    expect((fourth ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(270);
    metadata.mode = 'up';
    metadata.action = NOTICE;
    await killed(JOB);
  });

  it('outlives a metadata service that refuses connections between polls', async () => {
    docker.run([JOB]);
    watch();
    await until(() => metadata.polls() > 0, 'a poll');
    await metadata.stop();
    await until(() => output.includes('HTTP 000'), 'a failed poll');
    metadata.action = NOTICE;
    await metadata.start();
    await killed(JOB);
    expect(docker.kills).toEqual([JOB.id]);
  });

  it('stops waiting for a metadata request without a response, and repeats it', async () => {
    docker.run([JOB]);
    watch();
    await until(() => metadata.polls() > 0, 'a poll');
    metadata.mode = 'silent';
    await until(() => output.includes('HTTP 000'), 'a poll that was given up');
    metadata.mode = 'up';
    metadata.action = NOTICE;
    await killed(JOB);
  });

  it('goes on signalling new containers when the metadata service dies after the notice', async () => {
    metadata.action = NOTICE;
    docker.run([JOB]);
    watch();
    await killed(JOB);
    metadata.mode = 'down';
    await until(() => output.includes('HTTP 000'), 'a failed poll');
    docker.run([JOB, JOB_2]);
    await killed(JOB_2);
    expect(docker.kills).toEqual([JOB.id, JOB_2.id]);
  });

  it('outlives a docker that fails', async () => {
    docker.broken = true;
    metadata.action = NOTICE;
    docker.run([JOB]);
    watch();
    await until(() => docker.lists >= 3, 'three attempts');
    expect(docker.kills).toEqual([]);
    docker.broken = false;
    await killed(JOB);
    expect(output).toContain('Cannot connect to the Docker daemon');
  });

  it('tries a container again that docker could not signal, and only that one', async () => {
    docker.unkillable(JOB, true);
    metadata.action = NOTICE;
    docker.run([JOB, JOB_2]);
    watch();
    await until(() => docker.kills.filter((id) => id === JOB.id).length >= 2, 'a second attempt');
    docker.unkillable(JOB, false);
    await listedAgain();
    const attempts = docker.kills;
    await listedAgain();
    expect(docker.kills).toEqual(attempts);
    expect(attempts.filter((id) => id === JOB_2.id)).toHaveLength(1);
  });

  (hasDocker ? it : it.skip)('speaks to the real docker command, here with an engine that we play', async () => {
    const signals: string[] = [];
    const labels = (name: string) => ({
      'com.amazonaws.ecs.task-arn': 'arn:aws:ecs:eu-west-1:123456789012:task/batch/1',
      'com.amazonaws.ecs.container-name': name,
    });
    const engine = createServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://engine');
      response.setHeader('Api-Version', '1.43').setHeader('Content-Type', 'application/json');
      const kill = /\/containers\/([0-9a-f]+)\/kill$/.exec(url.pathname);
      if (kill) {
        signals.push(`${request.method} ${kill[1]} ${url.searchParams.get('signal')}`);
        response.writeHead(204).end();
      } else if (url.pathname.endsWith('/containers/json')) {
        const byTask = url.searchParams.get('filters') === '{"label":{"com.amazonaws.ecs.task-arn":true}}';
        const containers = [
          { Id: 'ab'.repeat(32), Names: ['/job'], Labels: labels('default') },
          { Id: 'cd'.repeat(32), Names: ['/pause'], Labels: labels('~internal~ecs~pause') },
          ...(byTask ? [] : [{ Id: 'ef'.repeat(32), Names: ['/ecs-agent'], Labels: {} }]),
        ];
        response.end(JSON.stringify(containers));
      } else {
        response.end('OK');
      }
    });
    const port = await listen(engine);
    try {
      metadata.action = NOTICE;
      watch({ SPOT_WATCHER_DOCKER: 'docker', DOCKER_HOST: `tcp://127.0.0.1:${port}`, DOCKER_CONFIG: folder });
      await until(() => signals.length > 0, 'a signal');
      await polledAgain();
      expect(signals).toEqual([`POST ${'ab'.repeat(32)} TERM`]);
    } finally {
      await close(engine);
    }
  });
});
