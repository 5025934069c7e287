import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchClient, type JobDetail } from '@aws-sdk/client-batch';
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { BatchJobsConfig } from '../../../modules/stack-config/config';
import { synthesize } from '../synthesize';
import { AwsApi } from './aws-api';
import { ACCOUNT, AwsFront } from './aws-front';
import { MOCK_REGION } from './mock-provider';
import { type EmulatedEnd, type Moto, startMoto } from './moto';
import { OperatedFunctions } from './operated-functions';
import { loadBalancers } from './operated-load-balancers';
import { order, placeResources } from './operated-resources';
import { type CommandEnd, SpawnedCommand } from './spawned-command';
import { type AppliedResource, workspace } from './terraform';
import { until } from './until';

/** How jobs without containers wait, run and end, see `moto_script.py`. */
export interface JobScript {
  /** One for each submission of a run, the last one repeated. @default [0] */
  readonly ends?: readonly (EmulatedEnd | 'runnable' | 'running' | 'pull' | 'unplaceable' | (string & {}))[];
  /** How some children of arrays end, by attempt and by index in the array. @default as `ends` says */
  readonly children?: Readonly<Record<number, Readonly<Record<number, string>>>>;
  /**
   * What each container writes; `{name}` is the run's name, `{start}` the number of the container, `{child}` the index in an array.
   *
   * @default ['started', 'done']
   */
  readonly lines?: readonly string[];
  /** @default 0 */
  readonly queuedSeconds?: number;
  /** @default 0 */
  readonly runningSeconds?: number;
}

/**
 * A stack as it is deployed, in moto, under the physical names of its config, and commands that operate it. Jobs are scripted, or real
 * containers if there is a Podman.
 *
 * @param options.podman whose containers jobs are. @default none: jobs end as a script says
 * @param options.without resources that are left out, of a stack half deployed
 */
export async function operatedStack(
  config: BatchJobsConfig,
  options: {
    readonly podman?: { readonly host: string };
    readonly without?: (resource: AppliedResource) => boolean;
  } = {},
): Promise<OperatedStack> {
  if (config.region !== MOCK_REGION) throw new Error(`The config's region must be ${MOCK_REGION}.`);
  const synthesized = synthesize(config);
  const copy = workspace(synthesized.dir);
  const moto = await startMoto({ operated: true, dockerHost: options.podman?.host });
  try {
    const applied = [...(await copy.mockApply()).resources.values()];
    const credentials = { accessKeyId: 'emulated', secretAccessKey: 'emulated' };
    const client = { endpoint: moto.endpoint, region: MOCK_REGION, credentials };
    const place = {
      api: new AwsApi(client, MOCK_REGION),
      batch: new BatchClient(client),
      endpoint: moto.endpoint,
      region: MOCK_REGION,
      account: ACCOUNT,
    };
    const wanted = applied.filter((resource) => options.without?.(resource) !== true);
    const resources = await placeResources(wanted, place);
    const { data } = synthesized.document as unknown as {
      data?: { archive_file?: { [name: string]: { source_file: string; output_path: string } } };
    };
    const archives = Object.values(data?.archive_file ?? {});
    const functions = new OperatedFunctions(
      resources,
      (archive) => {
        const found = archives.find(({ output_path }) => output_path === archive);
        return readFileSync(join(synthesized.dir, found?.source_file ?? ''), 'utf8');
      },
      { AWS_REGION: MOCK_REGION, AWS_ENDPOINT_URL: moto.endpoint, ...KEYS },
    );
    const front = new AwsFront(moto.endpoint, ACCOUNT, async (request, raw) =>
      request.service === 'lambda' ? functions.answer(request, raw) : loadBalancers(resources, request),
    );
    await front.start();
    await order(moto.endpoint, MOCK_REGION, { do: 'functions', endpoint: front.endpoint });
    const folder = mkdtempSync(join(tmpdir(), 'operated-'));
    writeFileSync(join(folder, 'batch-jobs.config.json'), JSON.stringify(config, undefined, 2));
    return new OperatedStack(config, resources, moto, front, functions, folder, place.api, place.batch);
  } catch (error) {
    await moto.stop();
    throw error;
  } finally {
    copy.dispose();
    synthesized.dispose();
  }
}

const KEYS = { AWS_ACCESS_KEY_ID: 'emulated', AWS_SECRET_ACCESS_KEY: 'emulated' };

/** A stack that is deployed in moto. */
export class OperatedStack {
  readonly sfn: SFNClient;
  private readonly commands: SpawnedCommand[] = [];

  constructor(
    readonly config: BatchJobsConfig,
    /** With real names and ARNs. */
    readonly resources: readonly AppliedResource[],
    readonly moto: Moto,
    /** What the commands ask; a test lets it refuse. */
    readonly front: AwsFront,
    private readonly functions: OperatedFunctions,
    /** Where the config is: `batch-jobs.config.json`. */
    readonly folder: string,
    /** Requests to moto itself, unseen by the front. */
    readonly api: AwsApi,
    readonly batch: BatchClient,
  ) {
    const credentials = { accessKeyId: 'emulated', secretAccessKey: 'emulated' };
    this.sfn = new SFNClient({ endpoint: moto.endpoint, region: MOCK_REGION, credentials });
  }

  /** Variables of a command whose AWS is this one, and of nothing of the person who runs the tests. */
  get env(): NodeJS.ProcessEnv {
    return {
      PATH: process.env.PATH,
      HOME: this.folder,
      TMPDIR: tmpdir(),
      TZ: 'UTC',
      ...KEYS,
      AWS_ENDPOINT_URL: this.front.endpoint,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    };
  }

  /** Runs `batch-jobs` with arguments, in the config's folder, to its end. */
  command(args: readonly string[], options: { env?: NodeJS.ProcessEnv; input?: string } = {}): Promise<CommandEnd> {
    return this.spawn(args, options).end;
  }

  /** Starts `batch-jobs`, to be watched and interrupted while it runs. */
  spawn(args: readonly string[], options: { env?: NodeJS.ProcessEnv; input?: string } = {}): SpawnedCommand {
    const env = { ...this.env, ...options.env };
    const command = new SpawnedCommand(args, { cwd: this.folder, env, input: options.input });
    this.commands.push(command);
    return command;
  }

  /** The one resource of a type whose construct belongs to a job or another part of the config. */
  resource(type: string, part: string): AppliedResource {
    const found = this.resources.filter((one) => one.type === type && one.name.startsWith(part));
    if (found.length !== 1) throw new Error(`${found.length} of ${type} for ${part}`);
    return found[0] as AppliedResource;
  }

  stateMachineArn(job: string): string {
    return String(this.resource('aws_sfn_state_machine', `${job}_`).values.arn);
  }

  /** Says how the jobs of runs that begin from now on end. */
  script(job: string, script: JobScript): Promise<void> {
    const { name: definition } = this.resource('aws_batch_job_definition', `${job}_`).values;
    return this.order({ do: 'script', definition, script });
  }

  /** Starts a run without the trigger function. Its ARN is the answer. */
  async start(job: string, name: string, event: unknown = {}): Promise<string> {
    const stateMachineArn = this.stateMachineArn(job);
    const input = JSON.stringify(event);
    const { executionArn } = await this.sfn.send(new StartExecutionCommand({ stateMachineArn, name, input }));
    return executionArn ?? '';
  }

  /** Starts a run and waits for its end. */
  async run(job: string, name: string, event: unknown = {}): Promise<DescribeExecutionCommandOutput> {
    return this.ended(await this.start(job, name, event));
  }

  /** The end of a run, waited for. */
  async ended(executionArn: string): Promise<DescribeExecutionCommandOutput> {
    const described = () => this.sfn.send(new DescribeExecutionCommand({ executionArn }));
    await until(async () => (await described()).status !== 'RUNNING', `the end of ${executionArn}`);
    return described();
  }

  /**
   * Adds copies of a run that has ended, with all of its history, each a while before the other: `<prefix>1` is the latest.
   *
   * @param options.status instead of the run's own
   */
  manyRuns(
    executionArn: string,
    count: number,
    options: { readonly secondsBetween?: number; readonly prefix?: string; readonly status?: string } = {},
  ): Promise<void> {
    const { secondsBetween = 60, prefix = 'copied-', status } = options;
    return this.order({ do: 'copies', of: executionArn, count, secondsBetween, prefix, status });
  }

  /** The jobs of a run in AWS Batch, in the order of their submission. */
  async jobs(name: string): Promise<JobDetail[]> {
    const { DescribeJobsCommand, ListJobsCommand } = await import('@aws-sdk/client-batch');
    const queues = this.resources.filter(({ type }) => type === 'aws_batch_job_queue');
    const ids: string[] = [];
    for (const { values } of queues) {
      const filters = [{ name: 'JOB_NAME', values: [name] }];
      const { jobSummaryList } = await this.batch.send(new ListJobsCommand({ jobQueue: String(values.arn), filters }));
      ids.push(...(jobSummaryList ?? []).map(({ jobId = '' }) => jobId));
    }
    if (ids.length === 0) return [];
    const { jobs = [] } = await this.batch.send(new DescribeJobsCommand({ jobs: ids }));
    return jobs.sort((one, other) => (one.createdAt ?? 0) - (other.createdAt ?? 0));
  }

  /** Says how the last job of a run goes on: a status and its reason while it waits, or its end if it was `runnable` or `running`. */
  async tell(
    name: string,
    what: { readonly status?: string; readonly statusReason?: string; readonly end?: string },
  ): Promise<void> {
    await until(async () => (await this.jobs(name)).length > 0, `a job of the run ${name}`);
    const job = (await this.jobs(name)).at(-1);
    return this.order({ do: 'job', jobId: job?.jobId, ...what });
  }

  /** The last job of a run as soon as it has a status: jobs begin and end a while after the requests that make them. */
  async job(name: string, status: JobDetail['status']): Promise<JobDetail> {
    const last = async () => (await this.jobs(name)).at(-1);
    await until(async () => (await last())?.status === status, `${status} of the job of ${name}`);
    return (await last()) as JobDetail;
  }

  /** Says how AWS describes a queue or an environment (`state`, `status`, `statusReason`, ...), by its ARN. */
  describe(arn: string, values: Readonly<Record<string, unknown>>): Promise<void> {
    return this.order({ do: 'describe', arn, values });
  }

  /** AWS Batch forgets jobs that have ended, and ECS all instances, as they do after a while. */
  forget(): Promise<void> {
    return this.order({ do: 'forget' });
  }

  async stop(): Promise<void> {
    for (const command of this.commands) if (command.isRunning) command.signal('SIGKILL');
    this.sfn.destroy();
    this.batch.destroy();
    await this.functions.stop();
    await this.front.stop();
    await this.moto.stop();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10 });
  }

  private order(what: { readonly do: string } & Readonly<Record<string, unknown>>): Promise<void> {
    return order(this.moto.endpoint, MOCK_REGION, what);
  }
}
