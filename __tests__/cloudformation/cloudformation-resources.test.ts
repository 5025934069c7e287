import { TerraformOutput, Testing } from 'cdktf';
import { CloudFormationResources } from '../../modules/cloudformation/cloudformation-resources';
import { outputName } from '../../modules/cloudformation/template';
import { parse } from '../../modules/config/parse';
import { BatchJobsStack } from '../../modules/stack';
import { type BatchJobsConfig, batchJobsConfig } from '../../modules/stack-config/config';
import { document, foreignStack, job, permissions, Synthesis } from '../synthesis';

const ARN = outputName({ logicalId: 'clicks', attribute: 'Arn' });

function synthesis(properties: object, cloudformationResources: BatchJobsConfig['cloudformationResources'], more = {}) {
  const resources = { report: { type: 'batch-job', properties: job(properties) }, ...more };
  const config = { stackName: 'reports', resources, cloudformationResources };
  return new Synthesis(new BatchJobsStack(Testing.app(), parse(batchJobsConfig, config, 'test')));
}

const clicks = { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } };
const failed = { Type: 'AWS::SQS::Queue' };
const output = (logicalId: string, attribute = 'Arn') =>
  `\${aws_cloudformation_stack.cloudformation-resources.outputs.${outputName({ logicalId, attribute })}}`;

it('is not there without resources', () => {
  expect(synthesis({}, {}).types).not.toContain('aws_cloudformation_stack');
});

it('is one CloudFormation stack, with everything spelled out', () => {
  const stack = synthesis({}, { clicks, failed }).one('aws_cloudformation_stack');
  expect({ ...stack, template_body: document(stack.template_body) }).toEqual({
    name: 'reports-resources',
    template_body: { Resources: { clicks, failed } },
  });
});

it("answers the guide's stream and its queue for failures", () => {
  const events: object[] = [
    {
      type: 'kinesis-stream',
      properties: {
        autoCreateConsumer: true,
        maxBatchWindowSeconds: 30,
        batchSize: 200,
        streamArn: "$CfResourceParam('clicks', 'Arn')",
        onFailure: { arn: "$CfResourceParam('failed', 'Arn')", type: 'sqs' },
      },
    },
  ];
  const result = synthesis({ events }, { clicks, failed });
  expect(result.one('aws_kinesis_stream_consumer')).toMatchObject({ stream_arn: output('clicks') });
  expect(result.one('aws_lambda_event_source_mapping')).toMatchObject({
    destination_config: { on_failure: { destination_arn: output('failed') } },
  });
  const { Outputs } = document<{ Outputs: object }>(result.one('aws_cloudformation_stack').template_body);
  expect(Object.values(Outputs)).toEqual([
    { Value: { 'Fn::GetAtt': ['clicks', 'Arn'] } },
    { Value: { 'Fn::GetAtt': ['failed', 'Arn'] } },
  ]);
});

it.each<[string, object, string, string]>([
  ['sqs', { sqsQueueArn: '@' }, 'aws_lambda_event_source_mapping', 'event_source_arn'],
  ['sns', { snsTopicArn: '@' }, 'aws_sns_topic_subscription', 'topic_arn'],
  ['event-bus', { eventBusArn: '@', eventPattern: { source: ['x'] } }, 'aws_cloudwatch_event_rule', 'event_bus_name'],
  ['kinesis-stream', { streamArn: '@' }, 'aws_lambda_event_source_mapping', 'event_source_arn'],
  ['dynamo-db-stream', { streamArn: '@' }, 'aws_lambda_event_source_mapping', 'event_source_arn'],
])('is the source of %s events', (type, properties, resource, attribute) => {
  const source = JSON.parse(JSON.stringify(properties).replace('@', "$CfResourceParam('clicks', 'Arn')"));
  const result = synthesis({ events: [{ type, properties: source }] }, { clicks });
  expect(result.one(resource)[attribute]).toBe(output('clicks'));
});

it('is the source of a bucket behind EventBridge and of a log group', () => {
  const events = [
    {
      type: 's3',
      properties: {
        bucketArn: "$CfResourceParam('photos', 'Arn')",
        s3EventType: 's3:ObjectCreated:*',
        useEventBridge: true,
      },
    },
    { type: 'cloudwatch-log', properties: { logGroupArn: "$CfResourceParam('logs', 'Arn')" } },
  ];
  const more = { photos: { Type: 'AWS::S3::Bucket' }, logs: { Type: 'AWS::Logs::LogGroup' } };
  const result = synthesis({ events }, more);
  expect(result.one('aws_cloudwatch_event_rule').event_pattern).toContain(
    outputName({ logicalId: 'photos', attribute: 'Arn' }),
  );
  expect(String(result.one('aws_cloudwatch_log_subscription_filter').log_group_name)).toContain(
    outputName({ logicalId: 'logs', attribute: 'Arn' }),
  );
});

it('takes what events could not deliver', () => {
  const onDeliveryFailure = { sqsQueueArn: "$CfResourceParam('failed', 'Arn')" };
  const events = [{ type: 'sns', properties: { topicName: 'orders', onDeliveryFailure } }];
  const { redrive_policy } = synthesis({ events }, { failed }, { orders: { type: 'sns-topic' } }).one(
    'aws_sns_topic_subscription',
  );
  expect(String(redrive_policy)).toContain(outputName({ logicalId: 'failed', attribute: 'Arn' }));
});

it("lets the guide's statement name a topic by the Arn that CloudFormation calls Ref", () => {
  const iamRoleStatements = [
    { Resource: ["$CfResourceParam('NotificationTopic', 'Arn')"], Effect: 'Allow', Action: ['sns:Publish'] },
  ];
  const result = synthesis({ iamRoleStatements }, { NotificationTopic: { Type: 'AWS::SNS::Topic' } });
  const { Outputs } = document<{ Outputs: object }>(result.one('aws_cloudformation_stack').template_body);
  expect(Object.values(Outputs)).toEqual([{ Value: { Ref: 'NotificationTopic' } }]);
  expect(permissions(result, 'JobRole_Policy')).toContainEqual(
    expect.objectContaining({ Action: ['sns:Publish'], Resource: [output('NotificationTopic')] }),
  );
});

it('gets what Terraform makes as parameters: companions and jobs', () => {
  const alarm = {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmActions: ["$ResourceParam('orders', 'arn')"],
      Dimensions: [{ Name: 'StateMachineArn', Value: "$ResourceParam('report', 'stateMachineArn')" }],
    },
  };
  const stack = synthesis({}, { alarm }, { orders: { type: 'sns-topic' } }).one('aws_cloudformation_stack');
  expect(Object.values(stack.parameters as object)).toEqual([
    '${aws_sns_topic.orders.arn}',
    '${aws_sfn_state_machine.report_StateMachine.arn}',
  ]);
});

it('keeps the text of CloudFormation, and says that it makes roles', () => {
  const role = { Type: 'AWS::IAM::Role', Properties: { Description: { 'Fn::Sub': '${AWS::Region} %{if}' } } };
  const stack = synthesis({}, { role }).one('aws_cloudformation_stack');
  expect(stack.capabilities).toEqual(['CAPABILITY_NAMED_IAM']);
  expect(stack.template_body).toContain('$${AWS::Region} %%{if}');
});

it('can be the network of the jobs', () => {
  const config = {
    stackName: 'reports',
    vpc: { vpcId: "$CfResourceParam('network', 'VpcId')", subnetIds: ["$CfResourceParam('subnet', 'Ref')"] },
    resources: { report: { type: 'batch-job', properties: job() } },
    cloudformationResources: { network: { Type: 'AWS::EC2::VPC' }, subnet: { Type: 'AWS::EC2::Subnet' } },
  };
  const result = new Synthesis(new BatchJobsStack(Testing.app(), parse(batchJobsConfig, config, 'test')));
  expect(result.one('aws_security_group').vpc_id).toBe(output('network', 'VpcId'));
});

it('works in any stack on its own', () => {
  const stack = foreignStack();
  const made = new CloudFormationResources(stack, 'more', {
    stackName: 'x'.repeat(200),
    resources: { clicks },
    asked: [{ logicalId: 'clicks', attribute: 'Arn' }],
    resourceParam: () => 'unused',
  });
  new TerraformOutput(stack, 'arn', { value: made.attribute({ logicalId: 'clicks', attribute: 'Arn' }) });
  const { outputs } = new Synthesis(stack);
  expect(outputs.arn?.value).toBe(`\${aws_cloudformation_stack.more.outputs.${ARN}}`);
  expect(new Synthesis(stack).one('aws_cloudformation_stack').name).toHaveLength(128);
});
