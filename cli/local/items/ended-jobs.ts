import type { Json } from '../state-machine/json-value';

/** A child of an array that ended, or a plain job. */
export interface EndedChild {
  readonly succeeded: boolean;
  readonly statusReason?: string;
  readonly exitCode?: number;
  /** Why its container did not start, or was killed. */
  readonly reason?: string;
}

/** An array that ended. A plain job is one of one child. */
export interface EndedArray {
  readonly size: number;
  /** Those that failed, by their numbers. */
  readonly failed: ReadonlyMap<number, EndedChild>;
  readonly isArray: boolean;
  readonly statusReason: string;
}

/** Jobs that one answer of ListJobs has. */
const LISTED = 100;

/**
 * What AWS Batch would say of the jobs of a run on this machine that ended, to the function that reads which items failed.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ListJobs.html
 */
export class EndedJobs {
  private readonly arrays = new Map<string, EndedArray>();

  add(jobId: string, array: EndedArray): void {
    this.arrays.set(jobId, array);
  }

  /** @throws Error if it is no operation that the function uses */
  answer(operation: string, request: { readonly [name: string]: unknown }): Json {
    if (operation === 'listjobs') return this.list(request);
    if (operation === 'describejobs')
      return { jobs: [request.jobs ?? []].flat().flatMap((id) => this.describe(String(id))) };
    throw new Error(`${operation} is not answered here`);
  }

  private list({ arrayJobId, jobStatus, nextToken }: { readonly [name: string]: unknown }): Json {
    const array = this.arrays.get(String(arrayJobId));
    const start = Number(nextToken ?? 0);
    if (array === undefined) return { jobSummaryList: [] };
    const numbers =
      jobStatus === 'FAILED'
        ? [...array.failed.keys()].sort((one, other) => one - other)
        : Array.from({ length: array.size }, (_, child) => child).filter((child) => !array.failed.has(child));
    const end = start + LISTED;
    return {
      jobSummaryList: numbers.slice(start, end).map((child) => ({
        jobId: `${String(arrayJobId)}:${child}`,
        status: String(jobStatus),
        arrayProperties: { index: child },
        ...endOf(array.failed.get(child)),
      })),
      ...(end < numbers.length && { nextToken: String(end) }),
    };
  }

  private describe(jobId: string): Json[] {
    const [id = '', child] = jobId.split(':');
    const array = this.arrays.get(id);
    if (array === undefined) return [];
    const { size, failed, isArray, statusReason } = array;
    if (child !== undefined || !isArray) {
      const end = failed.get(Number(child ?? 0));
      return [{ jobId, status: end === undefined ? 'SUCCEEDED' : 'FAILED', isTerminated: false, ...endOf(end) }];
    }
    const statusSummary = { FAILED: failed.size, SUCCEEDED: size - failed.size };
    const status = failed.size > 0 ? 'FAILED' : 'SUCCEEDED';
    return [{ jobId, status, statusReason, arrayProperties: { size, statusSummary } }];
  }
}

function endOf(end: EndedChild | undefined): { readonly [name: string]: Json } {
  if (end === undefined) return { container: { exitCode: 0 } };
  const { statusReason, exitCode, reason } = end;
  return {
    ...(statusReason !== undefined && { statusReason }),
    container: { ...(exitCode !== undefined && { exitCode }), ...(reason !== undefined && { reason }) },
  };
}
