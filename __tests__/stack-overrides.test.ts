import { Testing } from 'cdktf';
import { parse } from '../modules/config/parse';
import type { ConfigError } from '../modules/problems/config-error';
import { ResourceCatalog } from '../modules/resources/catalog';
import { BatchJobsStack } from '../modules/stack';
import { batchJobsConfig } from '../modules/stack-config/config';
import { overrideResources } from '../modules/stack-overrides';
import { SMALLEST_JOB } from './stack-config/samples';
import { Synthesis } from './synthesis';

const CONFIG = {
  stackName: 'reports',
  region: 'eu-west-1',
  resources: {
    report: { type: 'batch-job', properties: SMALLEST_JOB },
    inbox: { type: 'sqs-queue' },
    orders: { type: 'sqs-queue' },
  },
};

/** A stack without overrides, after those of another config. */
function overridden(queue: object, shared: object, incomplete: readonly string[] = []) {
  const stack = new BatchJobsStack(Testing.app(), parse(batchJobsConfig, CONFIG, 'test'));
  const resources = { ...CONFIG.resources, inbox: { type: 'sqs-queue', overrides: { SqsQueue: queue } } };
  const config = { ...parse(batchJobsConfig, { ...CONFIG, resources }, 'test'), overrides: shared as never };
  overrideResources(stack, config, new ResourceCatalog(), new Set(incomplete));
  return new Synthesis(stack);
}

it('sets attributes of companions', () => {
  const queues = overridden({ delay_seconds: 7 }, {}).all('aws_sqs_queue');
  expect(queues.filter(({ delay_seconds: delay }) => delay === 7)).toHaveLength(1);
});

it('reports the problems of all, and those of shared resources only if all resources are made', () => {
  const paths = (incomplete: readonly string[]) => {
    try {
      overridden({ nothing: 1 }, { Nothing: { a: 1 } }, incomplete);
      return [];
    } catch (error) {
      return (error as ConfigError).problems.map(({ path }) => path);
    }
  };
  expect(paths([])).toEqual(['resources.inbox.overrides.SqsQueue.nothing', 'overrides.Nothing']);
  expect(paths(['orders'])).toEqual(['resources.inbox.overrides.SqsQueue.nothing']);
  expect(paths(['inbox'])).toEqual([]);
});
