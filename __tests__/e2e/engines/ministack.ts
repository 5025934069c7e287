import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Availability } from './availability';
import { endGroup } from './command';
import { freePort } from './free-port';

/** Seconds until it must answer; it takes half of one on two cores. */
const START_LIMIT = 300;
/** Seconds to end on its own before it is ended. */
const STOP_LIMIT = 5;
/** Twelve digits, so that ministack takes the access key for the account. */
const ACCOUNT = '123456789012';
/** Starts ministack with its Batch service completed: the file says what is missing from it and why. */
const PROGRAM = join(__dirname, 'ministack_batch.py');

/**
 * A running ministack: most of AWS on one port of the loopback interface, all of it gone when stopped.
 *
 * Seen to reach a Node.js function (1.5.33): SQS and DynamoDB stream mappings, their filters included, Kinesis, SNS with a filter
 * policy, S3 notifications with a prefix, EventBridge rules on the default and on a custom bus (pattern, transformer, `rate(1 minute)`),
 * a log group's subscription filter (gzip and base64, as on AWS), an HTTP API and a load balancer. A source takes 0-3 seconds.
 *
 * - An HTTP API answers at `<endpoint>/_aws/execute-api/<api id>/$default/<path>`, or at `<endpoint>/<path>` with the host header
 *   `<api id>.execute-api.127.0.0.1:<port>`; JWT authorizers refuse requests, Lambda authorizers are called.
 * - A load balancer answers at `<endpoint>/_alb/<name>/<path>`, or at `<endpoint>/<path>` with its DNS name as the host header.
 * - `GET <endpoint>/_ministack/sqs/messages?account=<account>` lists the messages in every queue.
 * - `nodejs24.x` and `nodejs22.x` both run on the `node` on the PATH, for every architecture.
 */
export interface Emulator {
  /** `http://127.0.0.1:<port>`, for every service. */
  readonly endpoint: string;
  /** Credentials for requests. Each account has separate state, as has each region, except for S3. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** The account that its ARNs name. */
  readonly account: string;
  /** What it has logged so far. */
  log(): string;
  /** Ends it and its Lambda processes, and deletes what it wrote. */
  stop(): Promise<void>;
}

let known: Availability<{ readonly python: string; readonly version: string }> | undefined;

/**
 * Looks for a Python that has ministack, once per test file.
 *
 * `PYTHON`: the interpreter. @default python3
 */
export function emulatorAvailable(): Availability<{ readonly python: string; readonly version: string }> {
  known ??= findMinistack();
  return known;
}

function findMinistack(): Availability<{ readonly python: string; readonly version: string }> {
  const python = process.env.PYTHON ?? 'python3';
  const question = 'from importlib.metadata import version; print(version("ministack"))';
  const { status, stdout } = spawnSync(python, ['-c', question], { encoding: 'utf8', timeout: 120_000 });
  return status === 0
    ? { available: true, python, version: stdout.trim() }
    : { available: false, reason: `${python} has no ministack, the AWS emulator: pip install 'ministack>=1.5.33'.` };
}

export interface EmulatorOptions {
  /** Of requests that carry no signature: those to an HTTP API or a load balancer. All others name theirs. @default 'eu-west-1' */
  readonly region?: string;
  /** Further environment of ministack's, such as `SFN_WAIT_SCALE`. It reaches the Lambda functions too. @default none */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Starts ministack on a free port and waits until it responds. It ends with this process even if it isn't stopped.
 *
 * @throws Error with its log if it ends or does not respond in time, or with the command to install it if it is missing
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const installation = emulatorAvailable();
  if (!installation.available) {
    throw new Error(installation.reason);
  }
  const home = mkdtempSync(join(tmpdir(), 'ministack-'));
  const logFile = join(home, 'log');
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const output = openSync(logFile, 'a');
  const child = spawn(installation.python, [PROGRAM], {
    cwd: home,
    detached: true,
    // Its standard input is the leash by which it ends with this process; a file for its output cannot fill up as a pipe can.
    stdio: ['pipe', output, output],
    env: {
      ...ownEnvironment(),
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      // What it writes into queue URLs and gives its functions as AWS_ENDPOINT_URL: the name "localhost" may mean ::1 first.
      MINISTACK_HOST: '127.0.0.1',
      // A request without a signature is looked up in these two, and an API that lives elsewhere answers it with 404.
      MINISTACK_ACCOUNT_ID: ACCOUNT,
      MINISTACK_REGION: options.region ?? 'eu-west-1',
      TMPDIR: home,
      LEASHED_HOME: home,
      S3_DATA_DIR: join(home, 's3'),
      STATE_DIR: join(home, 'state'),
      // Listeners on fixed ports of services that these tests do not use.
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      PYTHONDONTWRITEBYTECODE: '1',
      // It fetches a user pool's keys from itself, by HTTP. Past 5 seconds, its own limit, it refuses the caller's token.
      MINISTACK_APIGW_JWKS_TIMEOUT_SECONDS: '120',
      ...options.env,
    },
  });
  closeSync(output);
  const log = () => readFileSync(logFile, 'utf8');
  const stop = async () => {
    await end(child);
    // What it has started may write for a moment after it was killed.
    rmSync(home, { recursive: true, force: true, maxRetries: 10 });
  };
  try {
    await untilHealthy(child, endpoint, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'none' }, account: ACCOUNT, log, stop };
}

/** Nothing of the machine's own AWS settings: ministack hands its environment on to the functions that it runs. */
function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|TF)_/.test(name)));
}

async function untilHealthy(child: ChildProcess, endpoint: string, log: () => string): Promise<void> {
  let broken: string | undefined;
  child.once('error', (error) => {
    broken = error.message;
  });
  const deadline = Date.now() + START_LIMIT * 1000;
  while (Date.now() < deadline) {
    if (broken !== undefined || child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`ministack ended as it started (${broken ?? child.exitCode ?? child.signalCode}):\n${log()}`);
    }
    const answer = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    if (answer?.ok) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`ministack did not answer at ${endpoint} within ${START_LIMIT} s:\n${log()}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const forced = setTimeout(() => endGroup(child.pid, 'SIGKILL'), STOP_LIMIT * 1000);
    endGroup(child.pid, 'SIGTERM');
    await ended;
    clearTimeout(forced);
  }
  // Functions that it kept warm are in its group, and may be left when it has gone.
  endGroup(child.pid, 'SIGKILL');
}
