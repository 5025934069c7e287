import { IN_ACCOUNT } from '../../modules/config/arn-rule';
import { resourceParam } from '../../modules/resources/resource-param';
import { RESHAPING_ALIASES } from '../reshaping';
import { RULE } from '../rule-resources';
import { source } from '../source';
import { batchJob, SELECTS } from './schema';

export type { BatchJobEvent } from './schema';

/** Ends of runs of another job. */
export const BATCH_JOB_SOURCE = source({
  schema: batchJob,
  trigger: () => (require('./trigger') as typeof import('./trigger')).BatchJobTrigger,
  sample: () => (require('./sample') as typeof import('./sample')).batchJob,
  facts: () => (require('./facts') as typeof import('./facts')).facts,
  page: () => (require('./page') as typeof import('./page')).page,
  // Without `on`: another end changes the rule in place.
  selects: SELECTS,
  duplicate: (...events) => (require('./rules') as typeof import('./rules')).secondEvent(...events),
  // Step Functions sends its events to the default bus of the state machine's account and region.
  arns: {
    stateMachineArn: {
      ...IN_ACCOUNT,
      name: 'jobName',
      refersTo: { 'batch-job': 'stateMachineArn', 'state-machine': 'arn' },
    },
  },
  aliases: {
    jobName: 'job batchJob batchJobName after dependsOn',
    stateMachineArn: 'jobArn',
    on: 'status statuses when ends',
    ...RESHAPING_ALIASES,
  },
  creates: RULE,
  rules: () => (require('./rules') as typeof import('./rules')).BATCH_JOB_RULES,
  props: ({ jobName, stateMachineArn = '', ...settings }, resources) =>
    resources.resolve({
      ...settings,
      // The other job can be created later. Its ARN is a token.
      stateMachineArn: jobName === undefined ? stateMachineArn : resourceParam(jobName, 'stateMachineArn'),
    }),
});
