import { EXIT_ON_SIGTERM, STATUS_REASONS } from '../../rules/job-ends';
import { sendAwsRequest } from '../trigger/aws-request';
import type { Deadline } from '../trigger/deadline';
import { endpoint } from '../trigger/endpoint';
import { asObject, asText, type JsonObject } from '../trigger/json';
import { jsonAnswer } from '../trigger/json-answer';
import { withRetries } from '../trigger/retry';
import type { ItemsEnvironment } from './environment';
import type { FailedChild } from './format';

/** Jobs that one DescribeJobs takes. */
const DESCRIBED_AT_ONCE = 100;

/** Characters of a reason that a result keeps. */
const LONGEST_REASON = 300;

/** Beginnings of status reasons that each further attempt would have again. */
const INCURABLE = [
  `${STATUS_REASONS.canceled}${STATUS_REASONS.misconfigured}`,
  STATUS_REASONS.misconfigured,
  STATUS_REASONS.oversized,
];

/** What AWS Batch knows of ended jobs, throttled or not. */
export class EndedJobs {
  constructor(
    private readonly environment: ItemsEnvironment,
    private readonly deadline: Deadline,
  ) {}

  /**
   * The failed children of an array, or of a plain job, which is its own only child.
   *
   * The list is asked for right after the end of the array. A child that it has in no state counts as failed: AWS Batch only promises to
   * know ended jobs for a week, and a job that is repeated does no harm that one left out does.
   */
  async failedChildren(jobId: string, size: number): Promise<FailedChild[]> {
    const [job] = await this.describe([jobId]);
    if (size === 1) return [failedChild(0, job, job)];
    const failed = await this.children(jobId, 'FAILED');
    const terminated = await this.terminated(failed);
    const found = [...failed].map(([child, summary]) =>
      failedChild(child, summary, terminated.get(asText(summary.jobId) ?? '')),
    );
    const { FAILED, SUCCEEDED } = asObject(asObject(job?.arrayProperties)?.statusSummary) ?? {};
    if (Number(FAILED ?? 0) === failed.size && Number(SUCCEEDED ?? 0) + failed.size === size) return sorted(found);
    const succeeded = await this.children(jobId, 'SUCCEEDED');
    const unknown = Array.from({ length: size }, (_, child) => child).filter(
      (child) => !failed.has(child) && !succeeded.has(child),
    );
    const reason = asText(job?.statusReason) ?? 'AWS Batch does not know how this child ended';
    return sorted([...found, ...unknown.map((child): FailedChild => ({ child, ...ended(reason) }))]);
  }

  /** Children of an array in a state, by their index. */
  private async children(arrayJobId: string, jobStatus: string): Promise<Map<number, JsonObject>> {
    const found = new Map<number, JsonObject>();
    let nextToken: string | undefined;
    do {
      const answer = await this.ask('listjobs', {
        arrayJobId,
        jobStatus,
        maxResults: 100,
        ...(nextToken && { nextToken }),
      });
      for (const summary of objects(answer.jobSummaryList)) {
        const index = asObject(summary.arrayProperties)?.index;
        if (typeof index === 'number') found.set(index, summary);
      }
      nextToken = asText(answer.nextToken);
    } while (nextToken !== undefined);
    return found;
  }

  /** Details of children that ended on SIGTERM: only they say whether a person sent it. */
  private async terminated(failed: ReadonlyMap<number, JsonObject>): Promise<Map<string, JsonObject>> {
    const ids = [...failed.values()]
      .filter((summary) => asObject(summary.container)?.exitCode === EXIT_ON_SIGTERM)
      .flatMap(({ jobId }) => asText(jobId) ?? []);
    const details = new Map<string, JsonObject>();
    for (let start = 0; start < ids.length; start += DESCRIBED_AT_ONCE) {
      const some = await this.describe(ids.slice(start, start + DESCRIBED_AT_ONCE));
      for (const job of some) details.set(asText(job.jobId) ?? '', job);
    }
    return details;
  }

  private async describe(jobs: readonly string[]): Promise<readonly JsonObject[]> {
    return objects((await this.ask('describejobs', { jobs })).jobs);
  }

  private async ask(operation: string, body: object): Promise<JsonObject> {
    const { region, partition, credentials, batchEndpoint: configured } = this.environment;
    const url = endpoint({ service: 'batch', region, partition, configured });
    return withRetries(async (timeoutMs) => {
      const response = await sendAwsRequest(
        {
          service: 'batch',
          region,
          credentials,
          method: 'POST',
          url: `${url}/v1/${operation}`,
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        },
        timeoutMs,
      );
      return jsonAnswer(response.body, 'AWS Batch');
    }, this.deadline);
  }
}

function objects(list: unknown): JsonObject[] {
  return Array.isArray(list) ? list.filter((item: unknown): item is JsonObject => asObject(item) !== undefined) : [];
}

function sorted(children: readonly FailedChild[]): FailedChild[] {
  return [...children].sort((one, other) => one.child - other.child);
}

function failedChild(child: number, summary: JsonObject | undefined, detail: JsonObject | undefined): FailedChild {
  const container = asObject(summary?.container);
  const statusReason = asText(summary?.statusReason);
  const exitCode = typeof container?.exitCode === 'number' ? container.exitCode : undefined;
  const reason = asText(container?.reason) ?? statusReason ?? 'failed without a reason';
  return {
    child,
    ...ended(statusReason ?? reason, exitCode, detail?.isTerminated === true),
    reason: reason.slice(0, LONGEST_REASON),
  };
}

/** The same decisions as for plain jobs, whose state machine makes them. */
function ended(statusReason: string, exitCode?: number, isTerminated = false): Omit<FailedChild, 'child'> {
  const { hostGone, timedOut } = STATUS_REASONS;
  const bySignal = exitCode === EXIT_ON_SIGTERM && !statusReason.startsWith(timedOut) && !isTerminated;
  const end = INCURABLE.some((start) => statusReason.startsWith(start))
    ? 'incurable'
    : statusReason.startsWith(hostGone) || bySignal
      ? 'reclaimed'
      : 'failed';
  return { reason: statusReason.slice(0, LONGEST_REASON), ...(exitCode !== undefined && { exitCode }), end };
}
