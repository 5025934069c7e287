// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets

import { Apigatewayv2Authorizer } from '@cdktf/provider-aws/lib/apigatewayv2-authorizer';
import { Apigatewayv2Integration } from '@cdktf/provider-aws/lib/apigatewayv2-integration';
import { Apigatewayv2Route } from '@cdktf/provider-aws/lib/apigatewayv2-route';
import { BatchComputeEnvironment } from '@cdktf/provider-aws/lib/batch-compute-environment';
import { BatchJobQueue } from '@cdktf/provider-aws/lib/batch-job-queue';
import { CloudwatchEventBusPolicy } from '@cdktf/provider-aws/lib/cloudwatch-event-bus-policy';
import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { KinesisStreamConsumer } from '@cdktf/provider-aws/lib/kinesis-stream-consumer';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { LbListenerRule } from '@cdktf/provider-aws/lib/lb-listener-rule';
import { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { type TerraformStack, Testing } from 'cdktf';
import { ConfigError } from '../modules/problems/config-error';
import type { Problem } from '../modules/problems/problem';
import { QUOTAS } from '../modules/rules/quotas';
import type { BatchJobProps } from '../modules/stack-config/batch-job';
import type { BatchJobsConfig } from '../modules/stack-config/config';
import { sumExcesses } from '../modules/sums/watch';
import { found } from './found';
import { foreignStack, job, jobsStack } from './synthesis';

/** What synthesis rejects. With a region in the config, every length is known. */
function problems(
  jobs: { readonly [name: string]: BatchJobProps },
  more: Partial<BatchJobsConfig> = {},
): readonly Problem[] {
  const resources = Object.entries(jobs).map(([name, properties]) => [name, { type: 'batch-job', properties }]);
  const all = { ...more.resources, ...Object.fromEntries(resources) };
  const stack = jobsStack({}, { region: 'eu-west-1', ...more, resources: all });
  try {
    Testing.synth(stack, true);
  } catch (error) {
    if (error instanceof ConfigError) return found(error);
    throw error;
  }
  return [];
}

function many<Item>(count: number, item: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => item(index));
}

function numbered(count: number): { [key: string]: string } {
  return Object.fromEntries(many(count, (index) => [`tag${index}`, `${index}`]));
}

describe('tags', () => {
  it.each([
    [25, 25, false],
    [25, 26, true],
  ])('of the stack and a job may be 50 together: %d and %d', (ofStack, ofJob, refused) => {
    const own = Object.fromEntries(many(ofJob, (index) => [`own${index}`, '']));
    const found = problems({ nightly: job({ tags: own }) }, { tags: numbered(ofStack) });
    const expected = {
      path: 'resources.nightly.properties.tags',
      found: `51 tags: ${ofStack} of the stack and ${ofJob} others`,
      accepted: 'at most 50 on one resource',
      fix: 'leave 1 out, here or in the tags of the stack',
    };
    expect(found).toEqual(refused ? [expected] : []);
  });

  it('of a job that are also in the stack count once', () => {
    expect(problems({ nightly: job({ tags: numbered(49) }) }, { tags: numbered(49) })).toEqual([]);
  });

  it.each([
    [49, []],
    [50, [{ path: 'tags', found: '51 tags: 50 of the stack and 1 others, "Name" among them' }]],
  ])('of the stack leave room for the name that we give: %d', (count, expected) => {
    expect(problems({ nightly: job() }, { tags: numbered(count) })).toEqual(
      expected.map((problem) => expect.objectContaining(problem)),
    );
  });

  it('must not differ only in case, which IAM ignores', () => {
    expect(problems({ nightly: job({ tags: { team: 'b' } }) }, { tags: { Team: 'a' } })).toEqual([
      {
        path: 'resources.nightly.properties.tags',
        found: 'the tags "Team" and "team" on one resource',
        accepted: 'keys that differ in more than case: IAM treats these as the same key',
        fix: 'write both in the same way',
      },
    ]);
  });
});

/** What is reported for a custom stack. */
function excesses(build: (stack: TerraformStack) => void): (readonly [found: string, accepted: string])[] {
  const stack = foreignStack();
  build(stack);
  return sumExcesses(stack).map(({ found, accepted }) => [String(found), accepted] as const);
}

describe('a job definition', () => {
  const withValue = (length: number) => {
    const environment = [{ name: 'LONG', value: 'x'.repeat(length) }];
    return problems({ nightly: job({ container: { ...job().container, environment } }) });
  };
  const lengthIn = (problem: Problem | undefined) =>
    Number(/^[\d,]+/.exec(problem?.found ?? '')?.[0].replace(/,/g, ''));

  it('may have 24 KiB, all that we write into it included', () => {
    const [problem] = withValue(QUOTAS.jobDefinition);
    expect(problem).toMatchObject({
      path: 'resources.nightly.properties.container.environment',
      found: expect.stringMatching(/^2\d,\d{3} characters in the job definition, \d variables included$/),
      accepted: 'at most 24,576',
      fix: expect.stringMatching(/^shorten it: store long values in an S3 object or a secret/),
    });
    const most = 2 * QUOTAS.jobDefinition - lengthIn(problem);
    expect(withValue(most)).toEqual([]);
    expect(lengthIn(withValue(most + 1)[0])).toBe(QUOTAS.jobDefinition + 1);
  });
});

describe('documents', () => {
  /** A document of a length. */
  const text = (length: number) => `{"a":"${'x'.repeat(length - 8)}"}`;

  it.each<[string, number, (stack: TerraformStack, length: number) => void]>([
    [
      'in the policy of the queue',
      8192,
      (stack, n) => new SqsQueuePolicy(stack, 'p', { queueUrl: 'q', policy: text(n) }),
    ],
    ['in the policy of the topic', 30_720, (stack, n) => new SnsTopicPolicy(stack, 'p', { arn: 't', policy: text(n) })],
    [
      'in the policy of the event bus',
      10_240,
      (stack, n) => new CloudwatchEventBusPolicy(stack, 'p', { policy: text(n) }),
    ],
    [
      'in a state machine',
      1_048_576,
      (stack, n) => new SfnStateMachine(stack, 'm', { roleArn: 'r', definition: text(n) }),
    ],
    [
      'in one of the managed policies that the permissions are spread over',
      6144,
      (stack, n) => new IamPolicy(stack, 'p', { policy: text(n) }),
    ],
    [
      'in 1 environment variables of a function',
      4096,
      (stack, n) =>
        new LambdaFunction(stack, 'f', {
          functionName: 'f',
          role: 'r',
          environment: { variables: { NAME: 'x'.repeat(n - 4) } },
        }),
    ],
    [
      'in the policies of a role',
      10_240,
      (stack, n) => {
        new IamRolePolicy(stack, 'a', { role: 'r', policy: text(5000) });
        new IamRolePolicy(stack, 'b', { role: 'r', policy: text(n - 5000) });
        new IamRolePolicy(stack, 'c', { role: 'another', policy: text(5000) });
      },
    ],
  ])('%s may have %d characters', (what, most, build) => {
    expect(excesses((stack) => build(stack, most))).toEqual([]);
    const [one, more] = [most + 1, most].map((count) => count.toLocaleString('en-US'));
    expect(excesses((stack) => build(stack, most + 1))).toEqual([[`${one} characters ${what}`, `at most ${more}`]]);
  });

  it('of permissions to invoke a function have room for about sixty, with any name of the function', () => {
    const permissions = (count: number) =>
      excesses((stack) => {
        const made = new LambdaFunction(stack, 'f', { functionName: 'reports-nightly-trigger', role: 'r' });
        many(count, (index) => {
          const sourceArn = `arn:aws:sns:eu-west-1:123456789012:topic-number-${index}`;
          const functionName = index % 2 === 0 ? made.functionName : made.arn;
          const action = 'lambda:InvokeFunction';
          return new LambdaPermission(stack, `p${index}`, {
            action,
            functionName,
            principal: 'sns.amazonaws.com',
            sourceArn,
          });
        });
      });
    expect(permissions(55)).toEqual([]);
    expect(permissions(75)).toEqual([
      [expect.stringContaining('75 kinds of sources invoke the function'), 'at most 20,480'],
    ]);
  });
});

describe('counts', () => {
  it.each<[string, number, (stack: TerraformStack, index: number) => void]>([
    ['routes of an HTTP API', 300, (s, i) => new Apigatewayv2Route(s, `r${i}`, { apiId: 'a', routeKey: `GET /${i}` })],
    [
      'authorizers of an HTTP API',
      10,
      (s, i) => new Apigatewayv2Authorizer(s, `a${i}`, { apiId: 'a', name: `${i}`, authorizerType: 'JWT' }),
    ],
    [
      'functions behind an HTTP API',
      300,
      (s, i) => new Apigatewayv2Integration(s, `i${i}`, { apiId: 'a', integrationType: 'AWS_PROXY' }),
    ],
    ['rules of an event bus', 300, (s, i) => new CloudwatchEventRule(s, `r${i}`, { name: `r${i}` })],
    [
      'rules of a load balancer',
      100,
      (s, i) => new LbListenerRule(s, `r${i}`, { listenerArn: 'l', condition: [], action: [] }),
    ],
    [
      'compute environments of an account in a region',
      50,
      (s, i) => new BatchComputeEnvironment(s, `e${i}`, { type: 'MANAGED' }),
    ],
    [
      'job queues of an account in a region',
      50,
      (s, i) => new BatchJobQueue(s, `q${i}`, { name: `q${i}`, priority: 1, state: 'ENABLED' }),
    ],
    ['consumers of a stream', 20, (s, i) => new KinesisStreamConsumer(s, `c${i}`, { name: `c${i}`, streamArn: 's' })],
    [
      'rules that let jobs into a database',
      60,
      (s, i) => new VpcSecurityGroupIngressRule(s, `r${i}`, { securityGroupId: 'g', ipProtocol: 'tcp' }),
    ],
  ])('%s may be %d', (what, most, build) => {
    expect(excesses((stack) => many(most, (index) => build(stack, index)))).toEqual([]);
    expect(excesses((stack) => many(most + 1, (index) => build(stack, index)))).toEqual([
      [`${most + 1} ${what}`, `at most ${most}`],
    ]);
  });

  it('are those of one API, bus or stream', () => {
    const apis = (stack: TerraformStack) =>
      many(
        301,
        (index) => new Apigatewayv2Route(stack, `r${index}`, { apiId: `a${index % 2}`, routeKey: `GET /${index}` }),
      );
    expect(excesses(apis)).toEqual([]);
  });
});
