import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Availability, describeWith } from './engines/availability';
import { AwsApi } from './engines/aws-api';
import { freePort } from './engines/free-port';
import { type Emulator, emulatorAvailable, startEmulator } from './engines/ministack';
import { SpawnedCommand } from './engines/spawned-command';

const ROOT = join(__dirname, '..', '..');
const REGION = 'eu-west-1';

/** Debian keeps the server's programs beside the PATH. */
const POSTGRES_BIN = existsSync('/usr/lib/postgresql')
  ? readdirSync('/usr/lib/postgresql')
      .map((version) => `/usr/lib/postgresql/${version}/bin`)
      .at(-1)
  : undefined;

function program(word: string): Availability<object> {
  return spawnSync(word, ['--version']).status === 0
    ? { available: true }
    : { available: false, reason: `${word} is not on this machine: apt-get install postgresql redis-server` };
}

const JAVASCRIPT = `
const { execFileSync } = require('node:child_process');
const { DATABASE_URL, STP_CACHE_CONNECTION_STRING } = process.env;
const signedIn = (word, args) => {
  try {
    console.log(execFileSync(word, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim());
  } catch (error) {
    console.log('refused: ' + error.stderr.trim());
  }
};
signedIn('psql', ['-Atc', 'SELECT current_user', DATABASE_URL]);
signedIn('redis-cli', ['-u', STP_CACHE_CONNECTION_STRING, '--no-auth-warning', 'PING']);
`;
const PYTHON = `
import os, subprocess
def signed_in(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    print(done.stdout.strip() if done.returncode == 0 else "refused: " + done.stderr.strip(), flush=True)
signed_in("psql", "-Atc", "SELECT current_user", os.environ["DATABASE_URL"])
signed_in("redis-cli", "-u", os.environ["STP_CACHE_CONNECTION_STRING"], "--no-auth-warning", "PING")
`;

// What URLs, shells and drivers treat in their own way.
const PASSWORDS = ['Old-p@ss:w/o?rd#1 %41"$(id)`', "New'p[ass]&w=o;rd+2 ~*(é)"] as const;

describeWith(
  [
    emulatorAvailable(),
    program(`${POSTGRES_BIN}/postgres`),
    program('psql'),
    program('redis-server'),
    program('redis-cli'),
  ],
  'unchanged code signs in by a connection string',
  () => {
    let folder: string;
    /** Of the user that PostgreSQL runs as, who cannot look into the folder of tests. */
    let data: string;
    let emulator: Emulator;
    let api: AwsApi;
    let redis: ChildProcess;
    const ports = { postgres: 0, redis: 0 };
    // PostgreSQL refuses to run as root.
    const asPostgres = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--'] : [];

    function postgres(name: string, ...args: string[]): string {
      const [word = '', ...rest] = [...asPostgres, `${POSTGRES_BIN}/${name}`, ...args];
      const { status, stdout, stderr } = spawnSync(word, rest, { encoding: 'utf8', cwd: '/' });
      if (status !== 0) throw new Error(`${name}: ${stderr}${stdout}`);
      return stdout;
    }

    const quoted = (text: string) => `'${text.replace(/'/g, "''")}'`;
    const sql = (text: string) =>
      postgres('psql', '-h', data, '-p', String(ports.postgres), '-d', 'postgres', '-qc', text);

    /** As a rotation does: the database and the secret. */
    async function setPassword(password: string): Promise<void> {
      sql(`ALTER ROLE app PASSWORD ${quoted(password)}`);
      const { status } = spawnSync('redis-cli', ['-p', String(ports.redis), 'CONFIG', 'SET', 'requirepass', password], {
        env: { PATH: process.env.PATH, ...(redisPassword && { REDISCLI_AUTH: redisPassword }) },
      });
      expect(status).toBe(0);
      redisPassword = password;
      await api.json('secretsmanager', 'secretsmanager.PutSecretValue', {
        SecretId: 'db',
        SecretString: JSON.stringify({ password }),
      });
    }
    let redisPassword = '';

    beforeAll(async () => {
      folder = realpathSync(mkdtempSync(join(tmpdir(), 'sign-in-')));
      mkdirSync(join(folder, 'tmp'));
      data = mkdtempSync('/tmp/sign-in-data-');
      if (asPostgres.length > 0) spawnSync('chown', ['postgres', data]);
      [ports.postgres, ports.redis] = [await freePort(), await freePort()];
      postgres('initdb', '-D', data, '-A', 'scram-sha-256', '--auth-local=trust', '-E', 'UTF8', '--no-sync');
      const options = `-p ${ports.postgres} -c listen_addresses=127.0.0.1 -k ${data} -c fsync=off`;
      postgres('pg_ctl', '-D', data, '-w', '-l', join(data, 'log'), '-o', options, 'start');
      sql('CREATE ROLE app LOGIN');
      redis = spawn('redis-server', ['--port', String(ports.redis), '--bind', '127.0.0.1', '--save', ''], {
        stdio: 'ignore',
        cwd: folder,
      });
      emulator = await startEmulator({ region: REGION });
      api = new AwsApi(emulator, REGION);
      await api.json('secretsmanager', 'secretsmanager.CreateSecret', { Name: 'db', SecretString: '{}' });
      const job = (entryfilePath: string) => ({
        type: 'batch-job',
        properties: {
          container: {
            packaging: { type: 'stacktape-image-buildpack', properties: { entryfilePath } },
            environment: { DATABASE_URL: "$ResourceParam('db', 'connectionString')" },
          },
          resources: { cpu: 1, memory: 512 },
          connectTo: ['db', 'cache'],
        },
      });
      const password = "$Secret('db.password')";
      const config = {
        stackName: 'shop',
        region: REGION,
        resources: {
          db: {
            type: 'relational-database',
            existing: {
              engine: 'postgres',
              host: '127.0.0.1',
              port: ports.postgres,
              userName: 'app',
              dbName: 'postgres',
              password,
            },
          },
          cache: { type: 'redis-cluster', existing: { host: '127.0.0.1', port: ports.redis, tls: false, password } },
          javascript: job('job.js'),
          python: job('job.py'),
        },
      };
      writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
      writeFileSync(join(folder, 'job.js'), JAVASCRIPT);
      writeFileSync(join(folder, 'job.py'), PYTHON);
    });

    afterAll(async () => {
      redis?.kill('SIGKILL');
      await emulator?.stop();
      if (existsSync(join(data, 'postmaster.pid'))) postgres('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
      rmSync(data, { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
    });

    /** A local run, asynchronously: the emulator's log is read by this process. */
    async function local(job: string, ...words: string[]): Promise<string> {
      const command = new SpawnedCommand(['local', job, '--plain', ...words], {
        cwd: ROOT,
        env: {
          PATH: process.env.PATH,
          HOME: folder,
          TMPDIR: join(folder, 'tmp'),
          NO_COLOR: '1',
          BATCH_JOBS_CONFIG: join(folder, 'config.json'),
          CDKTF_OUTDIR: join(folder, 'out'),
          AWS_REGION: REGION,
          AWS_ENDPOINT_URL: emulator.endpoint,
          AWS_ACCESS_KEY_ID: emulator.credentials.accessKeyId,
          AWS_SECRET_ACCESS_KEY: emulator.credentials.secretAccessKey,
        },
      });
      const { stdout, stderr } = await command.end;
      return stdout + stderr;
    }

    it.each(['javascript', 'python'])(
      '%s: with the password of a secret, and with the new one after a change',
      async (job) => {
        for (const password of PASSWORDS) {
          await setPassword(password);
          const output = await local(job, '--aws');
          expect(output).toMatch(/\bapp\n/);
          expect(output).toMatch(/\bPONG\n/);
          expect(output).not.toContain('refused');
        }
      },
    );

    it('and not without: what a local run without AWS has in its place is refused', async () => {
      await setPassword(PASSWORDS[0]);
      const output = await local('javascript');
      expect(output).toContain('password authentication failed for user "app"');
      expect(output).not.toContain('PONG');
    });
  },
);
