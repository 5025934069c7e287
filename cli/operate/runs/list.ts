import { formatCount } from '../../../modules/problems/phrases';
import { colors } from '../../command/colors';
import { DONE, FAILED } from '../../command/exit-code';
import { nextCommand } from '../../command/next-command';
import { printMessage } from '../../command/terminal-lines';
import { UsageError } from '../../command/usage-error';
import { shortName } from '../../model/earlier-run';
import { type DeployedJob, type Deployment, withDeployment } from '../deployment';
import type { ListedRun } from '../execution-list';
import { newestRuns } from '../newest-runs';
import { Optional } from '../optional';
import type { AwsOptions } from '../options';
import { type RecordedOptions, refuseAwsOptions } from '../recorded/options';
import { noStatus, statusNamed } from '../run-status';
import type { RunStatus } from '../run-story';
import { tableWidth } from '../table';
import { localTime, pastTime } from '../time-text';
import { withDetails } from './details';
import { runJson, runTable } from './print';

export interface RunsOptions extends AwsOptions, RecordedOptions {
  readonly status: readonly string[];
  readonly since?: string;
  readonly limit: string;
}

/** Most runs that are listed: each needs a request, of which AWS accepts some a second. */
const MAX_LIMIT = 1_000;

/** Prints the newest runs of a job, or of all jobs. */
export async function list(jobName: string | undefined, options: RunsOptions): Promise<number> {
  const now = new Date();
  const statuses = options.status.map(statusOf);
  const limit = limitOf(options.limit);
  const since = options.since === undefined ? undefined : pastTime(options.since, '--since', now);
  if (options.local) {
    refuseAwsOptions(options);
    return recorded().listRecorded(jobName, { statuses, since, limit }, options.json, now);
  }
  return withDeployment(options, async (deployment) => {
    const jobs = jobName === undefined ? [...deployment.jobs.values()] : [deployment.jobNamed(jobName)];
    if (jobs.length === 0) throw new UsageError(`Stack ${deployment.stackName} has no batch job.`);
    const missing = new Set<DeployedJob>();
    const runs: ListedRun[] = [];
    let hasMore = false;
    for await (const run of newestRuns(deployment, { jobs, statuses, since, limit }, missing)) {
      hasMore = runs.length === limit;
      if (hasMore) break;
      runs.push(run);
    }
    if (missing.size > 0 && missing.size === jobs.length) {
      throw deployment.notDeployed(jobName === undefined ? undefined : `Job ${jobName}`);
    }
    for (const job of missing) printMessage(deployment.notDeployed(`Job ${job.name}`).message);
    const rows = await withDetails(deployment, runs, new Optional());
    if (options.json) {
      const { stackName: stack, region, account } = deployment;
      const notDeployed = [...missing].map(({ name }) => name);
      const document = { stack, region, account, runs: rows.map((row) => runJson(row, now)), hasMore, notDeployed };
      console.log(JSON.stringify(document, undefined, 2));
    } else if (rows.length === 0) {
      console.log(nothing(deployment, jobName, statuses, since));
    } else {
      const lines = runTable(rows, tableWidth(process.stdout), now);
      console.log([...lines, ...footer(rows, limit, hasMore)].join('\n'));
    }
    return missing.size > 0 ? FAILED : DONE;
  });
}

/** Loaded only when needed: it loads the config without what reads AWS. */
function recorded() {
  return require('../recorded/list') as typeof import('../recorded/list');
}

function statusOf(word: string): RunStatus {
  const status = statusNamed(word);
  if (status !== undefined) return status;
  throw new UsageError(`--status "${word}" is no status of a run. ${noStatus(word)}`);
}

function limitOf(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new UsageError(`--limit "${text}" is not a whole number from 1 to ${formatCount(MAX_LIMIT)}.`);
}

function nothing(
  { stackName, jobs }: Deployment,
  jobName: string | undefined,
  statuses: readonly RunStatus[],
  since: Date | undefined,
): string {
  const of = jobName === undefined ? `Stack ${stackName}` : `Job ${jobName} of stack ${stackName}`;
  const filters = [
    statuses.length > 0 && `with status ${statuses.join(' or ')}`,
    since !== undefined && `started since ${localTime(since)}`,
  ].filter(Boolean);
  const start = nextCommand('start', [jobName ?? [...jobs.keys()][0] ?? '<job>']);
  return `${of} has no runs${filters.length > 0 ? ` ${filters.join(', ')}` : ' yet'}. Start one: ${start}`;
}

/** What to do next. Not in a pipe, where only the table is wanted. */
function footer(rows: readonly ListedRun[], limit: number, hasMore: boolean): string[] {
  if (!process.stdout.isTTY) return [];
  const more = hasMore ? [`The newest ${limit} runs. Older ones: --limit ${Math.min(MAX_LIMIT, limit * 5)}`] : [];
  const show = `More about one: ${nextCommand('show', [shortName(rows[0]?.name ?? '<run>')])}`;
  return ['', ...more, show].map((line) => (line === '' ? line : colors.dim(line)));
}
