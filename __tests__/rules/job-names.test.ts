import {
  functionName,
  imageBuilderName,
  jobDefinitionName,
  jobLogGroupName,
  payloadBucketPrefix,
  queueName,
  stateMachineName,
  topicName,
  triggerFunctionName,
  undeliveredEventsName,
} from '../../modules/rules/job-names';
import { loadBalancerName } from '../../modules/rules/load-balancer-name';

type Naming = (stackName: string, name: string) => string;

// Names are contract: with another name, a deployment replaces what has it. The last column is the service's limit.
const NAMES: readonly (readonly [what: string, name: Naming, expected: string, limit: number])[] = [
  ['a state machine', stateMachineName, 'shop-report', 80],
  ['a job definition', jobDefinitionName, 'shop-report', 128],
  ['a trigger function', triggerFunctionName, 'shop-report-trigger', 64],
  ['a log group', jobLogGroupName, '/batch-jobs/shop/report', 512],
  ['a function', functionName, 'shop-report', 64],
  ['a queue', (stack, name) => queueName(stack, name, false), 'shop-report', 80],
  ['a FIFO queue', (stack, name) => queueName(stack, name, true), 'shop-report.fifo', 80],
  ['a topic', (stack, name) => topicName(stack, name, false), 'shop-report', 256],
  ['a FIFO topic', (stack, name) => topicName(stack, name, true), 'shop-report.fifo', 256],
  ['a load balancer', loadBalancerName, 'shop-report', 32],
  ['the queue of undelivered events', undeliveredEventsName, 'shop-undelivered-events', 80],
  ['the image builder', imageBuilderName, 'shop-image-builder', 64],
  ['the bucket of large events', payloadBucketPrefix, 'shop-events', 37],
];

it.each(NAMES)('%s', (_, name, expected) => {
  expect(name('shop', 'report').replace(/-$/, '')).toBe(expected);
});

it.each(NAMES)(
  'a long name of %s fits, keeps its ending, and differs from another long one',
  (_, name, expected, limit) => {
    const [stack, one, other] = ['s'.repeat(300), `${'j'.repeat(300)}a`, `${'j'.repeat(300)}b`];
    expect(name(stack, one)).toHaveLength(limit);
    expect(name(`${stack}a`, one)).not.toBe(name(`${stack}b`, one));
    if (expected.includes('report')) expect(name(stack, one)).not.toBe(name(stack, other));
    if (expected.endsWith('.fifo')) expect(name(stack, one)).toMatch(/\.fifo$/);
  },
);

it.each([
  ['internal', 'web', 'lb-internal-web'],
  ['Internal', 'web', 'lb-Internal-web'],
  ['internals', 'web', 'internals-web'],
  ['my_shop', 'web', 'my-shop-web'],
])('a load balancer of %s: %s', (stackName, id, name) => {
  expect(loadBalancerName(stackName, id)).toBe(name);
});
