// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of Terraform
import { TerraformResource, TerraformStack, Testing } from 'cdktf';
import { knownLength } from '../../modules/terraform/known-length';

function stackWith(type: string, attributes: { readonly [attribute: string]: unknown }): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'lengths');
  const resource = new TerraformResource(stack, 'own', { terraformResourceType: type });
  for (const [attribute, value] of Object.entries(attributes)) resource.addOverride(attribute, value);
  return stack;
}

const lengthIn = (type: string, attributes: object, attribute: string) =>
  knownLength(stackWith(type, attributes as { [attribute: string]: unknown }), `\${${type}.own.${attribute}}`);

it.each([
  ['aws_batch_job_definition', 'arn:aws:batch:eu-central-1:123456789012:job-definition/orders'],
  ['aws_batch_job_queue', 'arn:aws:batch:eu-central-1:123456789012:job-queue/orders'],
  ['aws_cloudwatch_event_bus', 'arn:aws:events:eu-central-1:123456789012:event-bus/orders'],
  ['aws_cloudwatch_event_rule', 'arn:aws:events:eu-central-1:123456789012:rule/orders'],
  ['aws_cloudwatch_log_group', 'arn:aws:logs:eu-central-1:123456789012:log-group:orders'],
  ['aws_dynamodb_table', 'arn:aws:dynamodb:eu-central-1:123456789012:table/orders'],
  ['aws_iam_role', 'arn:aws:iam::123456789012:role/orders'],
  ['aws_kinesis_stream', 'arn:aws:kinesis:eu-central-1:123456789012:stream/orders'],
  ['aws_lambda_function', 'arn:aws:lambda:eu-central-1:123456789012:function:orders'],
  ['aws_s3_bucket', 'arn:aws:s3:::orders'],
  ['aws_sfn_state_machine', 'arn:aws:states:eu-central-1:123456789012:stateMachine:orders'],
  ['aws_sns_topic', 'arn:aws:sns:eu-central-1:123456789012:orders'],
  ['aws_sqs_queue', 'arn:aws:sqs:eu-central-1:123456789012:orders'],
])('the ARN of a %s is as long as %s', (type, arn) => {
  expect(lengthIn(type, { name: 'orders' }, 'arn')).toBe(arn.length);
});

it.each<[string, object, string, number]>([
  ['aws_sqs_queue', { name: 'orders' }, 'url', 'https://sqs.eu-central-1.amazonaws.com/123456789012/orders'.length],
  ['aws_sqs_queue', { name: 'orders' }, 'name', 6],
  ['aws_sqs_queue', { name: 'orders' }, 'id', 6],
  ['aws_s3_bucket', { bucket: 'files' }, 'bucket', 5],
  ['aws_s3_bucket', { bucket_prefix: 'files-' }, 'bucket', 6 + 26],
  ['aws_lambda_function', { function_name: 'run' }, 'function_name', 3],
  ['aws_sqs_queue', { name: 'orders' }, 'kms_key', 24],
  ['aws_sqs_queue', {}, 'arn', 100],
  ['aws_sqs_queue', {}, 'name', 24],
  ['aws_new_thing', { name: 'orders' }, 'name', 6],
])('of %s %j, %s has %i characters', (type, attributes, attribute, length) => {
  expect(lengthIn(type, attributes, attribute)).toBe(length);
});

it.each([
  ['plain', 5],
  ['é', 2],
  ['a${data.aws_caller_identity.me.account_id}b', 14],
  ['${data.aws_region.here.name}', 12],
  ['${data.aws_partition.here.partition}', 3],
  ['${element(split(":", aws_sqs_queue.own.arn), 1)}', 3],
  ['${element(split(":", aws_sqs_queue.own.arn), 3)}', 12],
  ['${element(split(":", aws_sqs_queue.own.arn), 4)}', 12],
])('%s has %i bytes', (text, length) => {
  expect(knownLength(stackWith('aws_sqs_queue', {}), text)).toBe(length);
});
