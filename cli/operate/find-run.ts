import { executionArn as arnOf, executionNameStart } from '../../modules/orchestration/trigger/execution-name';
import { formatCount } from '../../modules/problems/phrases';
import { nextCommand } from '../command/next-command';
import { printMessage } from '../command/terminal-lines';
import { UsageError } from '../command/usage-error';
import { AwsFault } from './aws/fault';
import { bounded } from './bounded';
import type { DeployedJob, Deployment } from './deployment';
import { executionsOf, JobNotDeployed, type ListedRun } from './execution-list';
import { describeExecution } from './history';
import { noStatus, statusNamed } from './run-status';
import { localTime } from './time-text';

/** A run that a person named. */
export interface FoundRun {
  readonly job: DeployedJob;
  /** Name of the execution. */
  readonly name: string;
  readonly executionArn: string;
  /** Index of the item that is meant. @default the whole run */
  readonly item?: number;
}

/** No run has the name that a person wrote, or several have. */
export class RunNotFound extends UsageError {
  /**
   * @param statement what was found, without what helps on a command line only
   * @param more what to do about it, which follows the statement
   * @param isUnknown whether nothing has this name
   */
  constructor(
    readonly statement: string,
    more: string,
    readonly isUnknown = false,
  ) {
    super(statement + more);
  }
}

/** Newest executions of a job among which the beginning of a name is looked for: ten requests. */
export const MOST_SEARCHED = 10_000;

/** The page of a search, which looks at all executions. */
const SEARCH_PAGE = 1_000;

/** Candidates that an error lists. */
const MOST_LISTED = 10;

/** What no execution's name contains. @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NOT_IN_NAMES = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001F\u007F-\u009F]/;

/**
 * The run that a text names: by its name, a unique beginning of it, the ARN of its execution, `job@latest`, or `job@failed` and so on for
 * the newest run with a status.
 *
 * @param note is told if only the newest executions were searched, or if a job is not deployed
 * @throws UsageError if there is no such run, or more than one
 */
export async function findRun(
  deployment: Deployment,
  text: string,
  note: (line: string) => void = printMessage,
): Promise<FoundRun> {
  const given = text.trim();
  if (given.startsWith('arn:')) return byArn(deployment, given);
  const at = given.lastIndexOf('@');
  if (at >= 0) return newest(deployment, given.slice(0, at), given.slice(at + 1));
  const jobs = [...deployment.jobs.values()];
  if (deployment.jobs.has(given)) {
    throw new UsageError(
      `${given} is a job. Its newest run is ${given}@latest; list them with ${nextCommand('runs', [given])}.`,
    );
  }
  if (given === '' || given.length > 80 || NOT_IN_NAMES.test(given)) {
    throw new UsageError(`${JSON.stringify(text)} is not the name of a run. ${howToName(jobs)}`);
  }
  const search = new Search(deployment, given, note);
  // A run that a person started can have any name, but most begin with the name of their job.
  const isLikely = ({ name }: DeployedJob) => {
    const start = executionNameStart(name);
    return given.startsWith(start) || start.startsWith(given);
  };
  const found =
    (await search.among(jobs.filter(isLikely))) ?? (await search.among(jobs.filter((job) => !isLikely(job))));
  if (found !== undefined) return found;
  if (search.missing.length === jobs.length) throw deployment.notDeployed();
  const { stackName, account, region } = deployment;
  const where = search.wasBounded ? ` among the newest ${formatCount(MOST_SEARCHED)} runs of a job` : '';
  throw new RunNotFound(
    `Stack ${stackName} has no run "${given}"${where} in account ${account} in ${region}.`,
    ` List its runs with ${nextCommand('runs')}, or select another stack with --config, --region or --profile.`,
    true,
  );
}

/** A search of the runs of several jobs. */
class Search {
  readonly missing: DeployedJob[] = [];
  wasBounded = false;

  constructor(
    private readonly deployment: Deployment,
    private readonly text: string,
    private readonly note: (line: string) => void,
  ) {}

  async among(jobs: readonly DeployedJob[]): Promise<FoundRun | undefined> {
    const exact = await bounded(jobs, (job) => this.exact(job));
    const [named, ...others] = exact.filter((run) => run !== undefined);
    if (named !== undefined && others.length > 0) throw sameName([named, ...others]);
    if (named !== undefined) return named;
    const matches = (await bounded(jobs, (job) => this.beginning(job))).flat();
    const [first] = matches;
    if (first === undefined) return undefined;
    // A run that repeats another one has a longer name.
    const shortest = matches.reduce((run, other) => (other.name.length < run.name.length ? other : run), first);
    if (!matches.every((run) => run === shortest || extendsName(run, shortest))) {
      const names = new Set(matches.map(({ name }) => name));
      throw names.size === 1 ? sameName(matches) : ambiguous(this.text, matches);
    }
    if (this.wasBounded) {
      const count = formatCount(MOST_SEARCHED);
      this.note(
        `Only the newest ${count} runs of a job were searched for "${this.text}": an older one can begin so too.`,
      );
    }
    return shortest;
  }

  private async exact(job: DeployedJob): Promise<FoundRun | undefined> {
    const executionArn = arnOf(job.stateMachineArn, this.text);
    try {
      await describeExecution(this.deployment, executionArn);
      return { job, name: this.text, executionArn };
    } catch (error) {
      if (isUnknown(error)) return undefined;
      throw error;
    }
  }

  private async beginning(job: DeployedJob): Promise<ListedRun[]> {
    const found: ListedRun[] = [];
    let count = 0;
    try {
      for await (const run of executionsOf(this.deployment, job, { pageSize: SEARCH_PAGE })) {
        if (run.name.startsWith(this.text)) found.push(run);
        count += 1;
        if (count < MOST_SEARCHED) continue;
        this.wasBounded = true;
        break;
      }
    } catch (error) {
      if (!(error instanceof JobNotDeployed)) throw error;
      this.missing.push(job);
    }
    return found;
  }
}

/** The errors of an execution, or of a state machine, that does not exist. */
function isUnknown(error: unknown): boolean {
  return error instanceof AwsFault && /^(Execution|StateMachine)DoesNotExist$/.test(error.code);
}

function extendsName(run: FoundRun, shortest: FoundRun): boolean {
  return run.name !== shortest.name && run.name.startsWith(shortest.name);
}

/** Runs that people started by hand can have the same name in several jobs. */
function sameName(runs: readonly FoundRun[]): RunNotFound {
  const jobs = runs.map(({ job }) => job.name).join(', ');
  const arns = runs.map(({ executionArn }) => `\n  ${executionArn}`);
  const title = `${runs.length} jobs have a run "${runs[0]?.name}": ${jobs}. Name it by the ARN of its execution:`;
  return new RunNotFound(title, arns.join(''));
}

function ambiguous(text: string, matches: readonly ListedRun[]): RunNotFound {
  const newestFirst = [...matches].sort((a, b) => b.started.getTime() - a.started.getTime());
  const shown = newestFirst.slice(0, MOST_LISTED);
  const width = Math.max(...shown.map(({ name }) => name.length));
  const rows = shown.map(({ name, status, started }) => `  ${name.padEnd(width)}  ${localTime(started)}  ${status}`);
  const more = matches.length - shown.length;
  const lines = [...rows, ...(more > 0 ? [`  and ${formatCount(more)} older`] : []), 'Write more of the name.'];
  const statement = `${formatCount(matches.length)} runs begin with "${text}":`;
  return new RunNotFound(statement, lines.map((line) => `\n${line}`).join(''));
}

async function newest(deployment: Deployment, jobName: string, word: string): Promise<FoundRun> {
  const [only, ...others] = deployment.jobs.keys();
  const job = deployment.jobNamed(jobName === '' && only !== undefined && others.length === 0 ? only : jobName);
  const status = statusNamed(word);
  if (status === undefined && word.toLowerCase() !== 'latest') {
    throw new UsageError(`"@${word}" selects no run. ${noStatus(word, ['latest'])}`);
  }
  try {
    for await (const run of executionsOf(deployment, job, { pageSize: 1, status })) return run;
  } catch (error) {
    throw error instanceof JobNotDeployed ? deployment.notDeployed(`Job ${job.name}`) : error;
  }
  const which = status === undefined ? 'no runs' : `no run with status ${status}`;
  throw new UsageError(
    `Job ${job.name} of stack ${deployment.stackName} has ${which}. Start one with ${nextCommand('start', [job.name])}.`,
  );
}

async function byArn(deployment: Deployment, arn: string): Promise<FoundRun> {
  const [, , service, region = '', account = '', type, machine = '', name = ''] = arn.split(':');
  if (service !== 'states' || type !== 'execution' || name === '') {
    throw new UsageError(
      `${arn} is not the ARN of an execution: arn:aws:states:<region>:<account>:execution:<name>:<run>.`,
    );
  }
  const { stackName, jobs } = deployment;
  if (region !== deployment.region || account !== deployment.account) {
    throw new UsageError(
      `The run is in account ${account} in ${region}, and the command uses account ${deployment.account} in ` +
        `${deployment.region}. Select where it is with --region or --profile.`,
    );
  }
  const job = [...jobs.values()].find(({ stateMachineName }) => stateMachineName === machine);
  if (job === undefined) {
    const names = [...jobs.values()].map(({ stateMachineName }) => stateMachineName).join(', ');
    throw new UsageError(
      `State machine ${machine} is not of stack ${stackName}, whose state machines are ${names}. Select its config with --config.`,
    );
  }
  try {
    await describeExecution(deployment, arn);
  } catch (error) {
    throw isUnknown(error) ? new UsageError(`Job ${job.name} of stack ${stackName} has no run ${name}.`) : error;
  }
  return { job, name, executionArn: arn };
}

function howToName(jobs: readonly DeployedJob[]): string {
  const job = jobs[0]?.name ?? 'job';
  return `Name a run by its name, a unique beginning of it, or ${job}@latest.`;
}
