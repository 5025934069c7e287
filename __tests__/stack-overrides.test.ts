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
function overridden(overrides: object, shared: object, incomplete: readonly string[] = []) {
  const stack = new BatchJobsStack(Testing.app(), parse(batchJobsConfig, CONFIG, 'test'));
  const resources = { ...CONFIG.resources, inbox: { type: 'sqs-queue', overrides } };
  const config = { ...parse(batchJobsConfig, { ...CONFIG, resources }, 'test'), overrides: shared as never };
  overrideResources(stack, config, new ResourceCatalog(), new Set(incomplete));
  return new Synthesis(stack);
}

it('sets attributes of companions', () => {
  const queues = overridden({ SqsQueue: { delay_seconds: 7 } }, {}).all('aws_sqs_queue');
  expect(queues.filter(({ delay_seconds: delay }) => delay === 7)).toHaveLength(1);
});

it('reports the problems of all, and unknown names only of what is made as a whole', () => {
  const paths = (incomplete: readonly string[], queue: object = { SqsQueue: { nothing: 1 } }) => {
    try {
      overridden(queue, { Nothing: { a: 1 }, LaunchTemplate: { nothing: 1 } }, incomplete);
      return [];
    } catch (error) {
      return (error as ConfigError).problems.map(({ path }) => path);
    }
  };
  const attributes = ['resources.inbox.overrides.SqsQueue.nothing', 'overrides.LaunchTemplate.nothing'];
  expect(paths([]).sort()).toEqual([...attributes, 'overrides.Nothing'].sort());
  expect(paths(['orders'])).toEqual(attributes);
  expect(paths(['inbox'])).toEqual(attributes);
  const other = { Other: { nothing: 1 } };
  expect(paths(['orders'], other)).toEqual(['resources.inbox.overrides.Other', attributes[1]]);
  expect(paths(['inbox'], other)).toEqual([attributes[1]]);
});
