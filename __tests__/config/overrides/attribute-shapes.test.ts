import { Testing } from 'cdktf';
import type { Overrides } from '../../../modules/config/overrides';
import { attributeShapes, type DescribedResource } from '../../../modules/config/overrides/attribute-shapes';
import { parse } from '../../../modules/config/parse';
import { ConfigError } from '../../../modules/problems/config-error';
import type { Problem } from '../../../modules/problems/problem';
import { BatchJobsStack } from '../../../modules/stack';
import { batchJobsConfig } from '../../../modules/stack-config/config';
import { found } from '../../found';
import { document, job, Synthesis } from '../../synthesis';

const EVENTS = [
  { type: 'http-api-gateway', properties: { httpApiGatewayName: 'api', method: 'POST', path: '/start' } },
  { type: 'application-load-balancer', properties: { loadBalancerName: 'lb', priority: 1, paths: ['/start'] } },
  { type: 'sns', properties: { snsTopicName: 'orders' } },
  { type: 'sqs', properties: { sqsQueueName: 'inbox' } },
  { type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } },
];

function stack(overrides: Overrides = {}): BatchJobsStack {
  const resources = {
    api: { type: 'http-api-gateway' },
    lb: { type: 'application-load-balancer' },
    orders: { type: 'sns-topic' },
    inbox: { type: 'sqs-queue' },
    report: { type: 'batch-job', properties: job({ events: EVENTS as never }), overrides },
  };
  return new BatchJobsStack(Testing.app(), parse(batchJobsConfig, { stackName: 'reports', resources }, 'test'));
}

function problems(overrides: Overrides): readonly Problem[] {
  try {
    stack(overrides);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return found(error);
    throw error;
  }
}

describe('each name that a report lists', () => {
  const names = [...(stack().jobs.get('report')?.resources.keys() ?? [])];

  it('is taken by overrides', () => {
    const all = Object.fromEntries(names.map((name) => [name, { lifecycle: { ignore_changes: [] } }]));
    expect(problems(all)).toEqual([]);
  });

  it('names the parts that several events share, and what an event makes on a gateway', () => {
    expect(names).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^TriggerFunctionHttpApi-api-[0-9a-f]{8}$/),
        'TriggerFunctionTargetGroup-lb',
        'TriggerFunctionTargetGroup-lbPermission',
        expect.stringMatching(/^TriggerFunctionPermission-/),
        'Event1Route',
        'Event2Rule',
      ]),
    );
  });

  it('reaches the resource', () => {
    const result = new Synthesis(stack({ Event1Route: { operation_name: 'start' } }));
    expect(result.one('aws_apigatewayv2_route').operation_name).toBe('start');
  });
});

describe('an object or list', () => {
  it('for a string becomes JSON, literal to Terraform', () => {
    const result = new Synthesis(
      stack({
        Event3Subscription: { filter_policy: { kind: [{ prefix: '${x}' }] }, filter_policy_scope: 'MessageBody' },
        Event5Target: { input: [1, { a: true }] },
        TriggerFunction: { environment: { variables: { LEVEL: 'debug' } } },
      }),
    );
    const { filter_policy, filter_policy_scope } = result.one('aws_sns_topic_subscription');
    expect(filter_policy).toBe('{"kind":[{"prefix":"$${x}"}]}');
    expect(filter_policy_scope).toBe('MessageBody');
    expect(document(result.one('aws_cloudwatch_event_target').input)).toEqual([1, { a: true }]);
    expect(result.one('aws_lambda_function', 'Trigger').environment).toMatchObject({ variables: { LEVEL: 'debug' } });
  });

  it('for a string inside of blocks too', () => {
    const pattern = { body: { kind: ['order'] } };
    const result = new Synthesis(stack({ Event4Mapping: { filter_criteria: { filter: [{ pattern }] } } }));
    expect(result.one('aws_lambda_event_source_mapping').filter_criteria).toEqual({
      filter: [{ pattern: JSON.stringify(pattern) }],
    });
  });

  it.each<[Overrides, string, string]>([
    [
      { Event4Mapping: { filter_criteria: { filters: [] } } },
      'Event4Mapping.filter_criteria.filters',
      'did you mean "filter"?',
    ],
    [
      { Event4Mapping: { filter_criteria: { filter: [{ patern: 'x' }] } } },
      'Event4Mapping.filter_criteria.filter[0].patern',
      'did you mean "pattern"?',
    ],
    [{ Event4Mapping: { scaling_config: 5 } }, 'Event4Mapping.scaling_config', 'write an object'],
    [{ Event4Mapping: { batch_size: { most: 5 } } }, 'Event4Mapping.batch_size', 'write a number'],
    [{ Event4Mapping: { enabled: [true] } }, 'Event4Mapping.enabled', 'write true or false'],
    [
      { Event4Mapping: { function_response_types: 'ReportBatchItemFailures' } },
      'Event4Mapping.function_response_types',
      'write ["ReportBatchItemFailures"]',
    ],
    [{ TriggerFunction: { description: { a: 1 } } }, 'TriggerFunction.description', 'write a string'],
  ])('%j does not fit', (overrides, path, fix) => {
    expect(problems(overrides)).toMatchObject([{ path: `resources.report.overrides.${path}`, fix }]);
  });
});

it('the shapes of a resource are those of its bindings, set or not', () => {
  const mapping = stack().jobs.get('report')?.resources.get('Event4Mapping') as unknown as DescribedResource & {
    synthesizeAttributes(): object;
  };
  const shapes = attributeShapes(mapping);
  expect([...shapes.keys()]).toEqual(Object.keys(mapping.synthesizeAttributes()));
  expect(shapes.get('batch_size')).toEqual({ kind: 'number' });
  expect(shapes.get('tags')).toEqual({ kind: 'stringMap' });
  expect(shapes.get('filter_criteria')?.attributes?.get('filter')?.attributes?.get('pattern')).toEqual({
    kind: 'string',
  });
});
