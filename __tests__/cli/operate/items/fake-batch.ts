import type { JobDetail, JobSummary } from '@aws-sdk/client-batch';
import { AwsFault } from '../../../../cli/operate/aws/fault';
import type { Deployment } from '../../../../cli/operate/deployment';
import { indexLine } from '../../../../modules/orchestration/items/format';
import { uri } from './array-history';

interface Request {
  readonly arrayJobId?: string;
  readonly jobStatus?: string;
  readonly jobs?: readonly string[];
  readonly Key?: string;
  readonly Range?: string;
}

/** The API of AWS Batch and the payload bucket, with children in the shapes of the services' models. Made, not recorded. */
export class FakeBatch {
  /** Names of the requests, in order. */
  readonly requests: string[] = [];
  private readonly indexes = new Map<string, string>();

  /** @param children by the ID of their array, and of jobs by their own */
  constructor(
    private readonly children: { readonly [jobId: string]: readonly JobSummary[] },
    private readonly details: readonly JobDetail[] = [],
  ) {}

  /** Which item each child of an array has. */
  index(attempt: number, array: number, items: readonly number[]): this {
    const key = uri(attempt, array).slice('s3://events/'.length);
    this.indexes.set(key, items.map((item) => indexLine({ start: item * 10, end: item * 10 + 9, item })).join(''));
    return this;
  }

  deployment(): Deployment {
    const client = {
      send: async (command: { readonly input: Request }) => {
        const name = command.constructor.name.replace(/Command$/, '');
        this.requests.push(name);
        return this.answer(name, command.input);
      },
    };
    return { clients: { batch: client, s3: client } } as unknown as Deployment;
  }

  private answer(name: string, { arrayJobId = '', jobStatus, jobs = [], Key = '', Range }: Request): object {
    switch (name) {
      case 'ListJobs':
        return { jobSummaryList: (this.children[arrayJobId] ?? []).filter(({ status }) => status === jobStatus) };
      case 'DescribeJobs':
        return { jobs: this.details.filter(({ jobId = '' }) => jobs.includes(jobId)) };
      default: {
        const text = this.indexes.get(Key);
        if (text === undefined) throw new AwsFault(`No ${Key}`, 'NoSuchKey', 's3:GetObject');
        const [, first = 0, last = text.length] = /^bytes=(\d+)-(\d+)$/.exec(Range ?? '')?.map(Number) ?? [];
        return { Body: { transformToString: async () => text.slice(first, last + 1) } };
      }
    }
  }
}

/** A child that ended with an exit code. */
export function failedChild(jobId: string, index: number, exitCode: number): JobSummary {
  return {
    jobId: `${jobId}:${index}`,
    jobName: 'report-1',
    status: 'FAILED',
    statusReason: 'Essential container in task exited',
    container: { exitCode },
    arrayProperties: { index },
  };
}
