import type { AwsSide } from '../../aws/aws-side';
import { NoSuchRun } from '../../aws/run-reader';
import { deleteOrRedrive, rerunInAws, startInAws, stopInAws } from '../../aws/writes';
import { WrongEnvironment } from '../../aws/wrong-environment';
import { AwsBody } from '../aws-body';
import type { ConsoleContext } from '../context';
import { RequestError, type Route, StreamedLines } from '../route';

/** Rows whose details can be asked for at once. */
const MOST_DETAILS = 60;

/** What is deployed, and what changes it. What changes something has the account and the region that a person has confirmed. */
export const awsRoutes: readonly Route[] = [
  reading('/api/capacity', (aws) => aws.capacity()),
  reading('/api/deployment', (aws) => aws.deployment()),
  reading('/api/undelivered', (aws) => aws.undelivered()),
  reading('/api/undelivered/event', (aws, { query }) => aws.undeliveredEvent(query.required('id'))),
  {
    method: 'POST',
    path: '/api/aws/retry',
    isWrite: false,
    answer: (_, context) => awsOf(context).retry(),
  },
  {
    method: 'POST',
    path: '/api/runs/details',
    isWrite: false,
    answer: async ({ body }, context) => {
      const runs = await awsOf(context).details(new AwsBody(body).ids('ids', MOST_DETAILS));
      return { runs };
    },
  },
  writing('/api/aws/start', startInAws),
  writing('/api/aws/stop', stopInAws),
  writing('/api/aws/rerun', rerunInAws),
  writing('/api/undelivered/redrive', async (aws, body, signal) => {
    return new StreamedLines(await deleteOrRedrive(aws, 'redrive', body, signal));
  }),
  writing('/api/undelivered/delete', async (aws, body, signal) => {
    return new StreamedLines(await deleteOrRedrive(aws, 'delete', body, signal));
  }),
];

/**
 * The side of AWS.
 *
 * @throws RequestError if the console was started without it
 */
export function awsOf({ aws }: ConsoleContext): AwsSide {
  if (aws !== undefined) return aws;
  throw new RequestError(409, 'The console was started without access to AWS. Start it with --aws.');
}

/** The result of work in AWS. Its errors get the status that they mean. */
export async function asked<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof NoSuchRun) throw new RequestError(404, error.message);
    if (error instanceof WrongEnvironment) throw new RequestError(409, error.message);
    throw error;
  }
}

function reading(
  path: Route['path'],
  answer: (aws: AwsSide, request: Parameters<Route['answer']>[0]) => Promise<unknown>,
): Route {
  return { method: 'GET', path, answer: (request, context) => asked(answer(awsOf(context), request)) };
}

function writing(
  path: Route['path'],
  answer: (aws: AwsSide, body: AwsBody, signal: AbortSignal) => Promise<unknown>,
): Route {
  return {
    method: 'POST',
    path,
    answer: ({ body, signal }, context) => asked(answer(awsOf(context), new AwsBody(body), signal)),
  };
}
