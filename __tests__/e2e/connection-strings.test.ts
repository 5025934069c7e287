import { randomUUID } from 'node:crypto';
import { stringsProgram } from '../../modules/container/connection-strings/strings-bundle';
import { AwsApi } from './engines/aws-api';
import { type DeployedJob, deployedDocuments } from './engines/deployed-documents';
import { FunctionEndpoint } from './engines/function-endpoint';
import {
  type EmulatedRun,
  type Moto,
  type PlacedStateMachine,
  placeStateMachine,
  startMoto,
  unavailable,
} from './engines/moto';
import { type Podman, podmanAvailable, startPodman } from './engines/podman';
import { describeWith, terraformAvailable } from './engines/terraform';

const REGION = 'us-east-1';
const IMAGE = 'localhost/connection-strings:1';
const KEYS = { accessKeyId: 'emulated', secretAccessKey: 'emulated' };
const VARIABLES = ['STP_DB_CONNECTION_STRING', 'STP_DB_JDBC_CONNECTION_STRING', 'MINE'] as const;

const config = {
  stackName: 'shop',
  region: REGION,
  resources: {
    db: {
      type: 'relational-database' as const,
      existing: {
        engine: 'postgres' as const,
        host: 'db.internal',
        userName: 'app',
        dbName: 'postgres',
        password: "$Secret('db.password')",
      },
    },
    job: {
      type: 'batch-job' as const,
      properties: {
        container: {
          packaging: {
            type: 'prebuilt-image' as const,
            properties: { image: IMAGE, command: ['node', '/app/job.cjs'] },
          },
          environment: { MINE: "$ResourceParam('db', 'connectionString')" },
        },
        resources: { cpu: 1, memory: 512 },
        connectTo: ['db'],
      },
    },
  },
};

const reason = unavailable();
const moto = reason === undefined ? { available: true as const } : { available: false as const, reason };

/**
 * The documents of a synthesized stack and the program of its function. The state machine has the function write the secret, and each
 * container gets its keys as ECS reads them.
 */
describeWith(
  [terraformAvailable(), moto, podmanAvailable()],
  'connection strings in the container of an image of yours',
  () => {
    let podman: Podman;
    let server: Moto;
    let api: AwsApi;
    let job: DeployedJob;
    let strings: FunctionEndpoint;
    let placed: PlacedStateMachine;

    beforeAll(async () => {
      podman = await startPodman();
      const { jobs } = await deployedDocuments(config, ['job']);
      job = jobs.job as DeployedJob;
      await podman.nodeImage(IMAGE, {
        '/app/job.cjs': `console.log(JSON.stringify(${JSON.stringify(VARIABLES)}.map((name) => process.env[name])));`,
      });
      server = await startMoto({ dockerHost: podman.host });
      api = new AwsApi({ endpoint: server.endpoint, credentials: KEYS }, REGION);
      const password = await secret('CreateSecret', { Name: 'db', SecretString: '{}' });
      const written = await secret('CreateSecret', { Name: 'shop-job-connection-strings' });
      // Names that Terraform would know after the apply.
      const { CONNECTION_STRINGS_SECRET: mocked = '', CONNECTION_STRINGS: composition = '' } = job.stringsVariables;
      const [mockedPassword = ''] = /arn:[^"]+:secret:[^:"]+/.exec(composition) ?? [];
      const real = (text: string) => text.replaceAll(mocked, written).replaceAll(mockedPassword, password);
      strings = new FunctionEndpoint(stringsProgram.text(), {
        CONNECTION_STRINGS: real(composition),
        CONNECTION_STRINGS_SECRET: written,
        AWS_REGION: REGION,
        AWS_ENDPOINT_URL: server.endpoint,
        AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
        AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
      });
      const url = await strings.start();
      placed = await placeStateMachine(
        server,
        job.definition.replace(/"FunctionName":"[^"]+"/g, `"FunctionName":"${url}"`),
        JSON.parse(real(JSON.stringify(job.containerProperties))),
        [],
        job.retryStrategy,
      );
    });

    afterAll(async () => {
      await strings?.stop();
      await server?.stop();
      await podman?.stop();
    });

    async function secret(action: string, parameters: object): Promise<string> {
      const token = { ClientRequestToken: randomUUID() };
      const answer = await api.json<{ ARN: string }>('secretsmanager', `secretsmanager.${action}`, {
        ...parameters,
        ...token,
      });
      return answer.ARN;
    }

    const setPassword = (password: string) =>
      secret('PutSecretValue', { SecretId: 'db', SecretString: JSON.stringify({ password }) });

    async function printed({ jobs }: EmulatedRun): Promise<string> {
      const { events } = await api.json<{ events: { message: string }[] }>('logs', 'Logs_20140328.GetLogEvents', {
        logGroupName: job.containerProperties.logConfiguration?.options?.['awslogs-group'],
        logStreamName: jobs[0]?.detail.attempts?.[0]?.container?.logStreamName,
        startFromHead: true,
      });
      return events.map(({ message }) => message).join('');
    }

    it('are complete, and have the new password in the run after a change', async () => {
      for (const [password, encoded] of [
        ['Old-p@ss:w/o?rd', 'Old-p%40ss%3Aw%2Fo%3Frd'],
        ['New"$(id)&é', 'New%22%24%28id%29%26%C3%A9'],
      ] as const) {
        await setPassword(password);
        const run = await placed.run();
        expect({ status: run.execution.status, visited: run.visited }).toEqual({
          status: 'SUCCEEDED',
          visited: ['Attempt 1, connection strings', 'Attempt 1'],
        });
        const uri = `postgresql://app:${encoded}@db.internal:5432/postgres`;
        const jdbc = `jdbc:postgresql://db.internal:5432/postgres?user=app&password=${encoded}`;
        expect(JSON.parse(await printed(run))).toEqual([uri, jdbc, uri]);
        // What people with access to executions and job definitions can read.
        const told = JSON.stringify([run.history, run.jobs, run.execution]);
        expect(told).not.toContain(encoded);
        expect(told).not.toContain(JSON.stringify(password).slice(1, -1));
      }
    });

    it('start no container while the password cannot be read', async () => {
      await secret('PutSecretValue', { SecretId: 'db', SecretString: '{}' });
      const { execution, jobs, visited } = await placed.run();
      expect({ status: execution.status, error: execution.error, jobs, visited }).toEqual({
        status: 'FAILED',
        error: 'ConnectionStringsError',
        jobs: [],
        visited: ['Attempt 1, connection strings'],
      });
      expect(execution.cause).toContain('it has no key \\"password\\"');
    });
  },
);
