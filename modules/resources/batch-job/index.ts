import { asObject } from '../../config/value-at';
import { ACCESS_KINDS } from '../../rules/narrowing';
import { referable } from '../descriptor';
import { JOB_PARAMS } from './params';

/** A job, which others can refer and connect to as to a companion. */
export const BATCH_JOB = referable({
  type: 'batch-job',
  params: JOB_PARAMS,
  absent: {
    logGroupArn: ({ logging }: { readonly logging?: unknown }) =>
      asObject(logging).disabled === true
        ? 'remove logging.disabled from the job: without logs it has no log group'
        : undefined,
  },
  unreachableService: 'AWS Step Functions and AWS Batch',
  connection: () => (require('./connection') as typeof import('./connection')).batchJobConnection,
  narrowable: { access: ACCESS_KINDS },
  namedBy: ['jobName'],
  outputs: JOB_PARAMS,
  stacktape: () => (require('./stacktape') as typeof import('./stacktape')).STACKTAPE,
});
