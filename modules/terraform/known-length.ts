import { TerraformElement, TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { readField } from './arn-field';
import { resolved } from './resolved';
import { templateParts } from './template';

/** The part before the name in the ARN of a resource, without the partition. `R` is the region and `A` the account. */
const ARNS: { readonly [type: string]: string } = {
  aws_batch_job_definition: 'batch:R:A:job-definition/',
  aws_batch_job_queue: 'batch:R:A:job-queue/',
  aws_cloudwatch_event_bus: 'events:R:A:event-bus/',
  aws_cloudwatch_event_rule: 'events:R:A:rule/',
  aws_cloudwatch_log_group: 'logs:R:A:log-group:',
  aws_dynamodb_table: 'dynamodb:R:A:table/',
  aws_iam_role: 'iam::A:role/',
  aws_kinesis_stream: 'kinesis:R:A:stream/',
  aws_lambda_function: 'lambda:R:A:function:',
  aws_s3_bucket: 's3:::',
  aws_sfn_state_machine: 'states:R:A:stateMachine:',
  aws_sns_topic: 'sns:R:A:',
  aws_sqs_queue: 'sqs:R:A:',
};

/** Assumed length, in characters, of values that only Terraform knows. */
const UNKNOWN = {
  account: 12,
  region: 'eu-central-1'.length,
  partition: 'aws'.length,
  number: 26,
  arn: 100,
  other: 24,
};

/** Attributes that name a resource. */
const NAMES = ['name', 'bucket', 'function_name', 'name_prefix', 'bucket_prefix'];

/** Resources by Terraform address. Built once per stack, and again if an address isn't found. */
const ELEMENTS = new WeakMap<TerraformStack, Map<string, TerraformResource>>();

/**
 * Length of a string in AWS, in bytes, with its expressions evaluated. Names and ARNs of the stack's resources are known. An account ID
 * has 12 characters, and so has an unknown region. The length of other values that only Terraform knows is estimated.
 */
export function knownLength(scope: IConstruct, text: string): number {
  return templateParts(resolved(scope, text)).reduce(
    (sum, part) => sum + ('text' in part ? Buffer.byteLength(part.text) : lengthOf(scope, part.expression)),
    0,
  );
}

function lengthOf(scope: IConstruct, expression: string): number {
  const field = readField(expression);
  if (field !== undefined) return field === 'region' ? regionLength(scope) : UNKNOWN[field];
  if (expression.startsWith('data.aws_caller_identity.')) return UNKNOWN.account;
  if (expression.startsWith('data.aws_region.')) return regionLength(scope);
  if (expression.startsWith('data.aws_partition.')) return UNKNOWN.partition;
  const [, type = '', id = '', attribute = ''] = /\b(aws_\w+)\.([\w-]+)\.(\w+)/.exec(expression) ?? [];
  const resource = elementOf(scope, `${type}.${id}`);
  const name = resource && nameLength(resource);
  const arn = ARNS[type];
  if (name === undefined) return attribute.includes('arn') ? UNKNOWN.arn : UNKNOWN.other;
  if (attribute.includes('arn') && arn !== undefined) {
    const start = 'arn:'.length + UNKNOWN.partition + ':'.length + arn.replace(/[RA]:/g, ':').length;
    const region = arn.includes('R:') ? regionLength(scope) : 0;
    const account = arn.includes('A:') ? UNKNOWN.account : 0;
    return start + region + account + name;
  }
  if (attribute === 'url') return `https://sqs..amazonaws.com//`.length + regionLength(scope) + UNKNOWN.account + name;
  return attribute === 'id' || NAMES.includes(attribute) ? name : UNKNOWN.other;
}

/** Length of the region in the settings of the stack's provider. */
function regionLength(scope: IConstruct): number {
  const provider = TerraformStack.of(scope).node.children.find((child) => 'regionInput' in child);
  const region = provider && (provider as unknown as { readonly regionInput?: string }).regionInput;
  return region === undefined ? UNKNOWN.region : region.length;
}

function nameLength(resource: TerraformResource): number | undefined {
  const attributes = writtenAttributes(resource);
  for (const attribute of NAMES) {
    const name = resolved(resource, attributes[attribute]);
    if (typeof name === 'string')
      return knownLength(resource, name) + (attribute.endsWith('_prefix') ? UNKNOWN.number : 0);
  }
  return undefined;
}

/** The attributes of a resource as Terraform gets them, including overrides. */
export function attributesOf(resource: TerraformResource): { readonly [attribute: string]: unknown } {
  return resolved(resource, writtenAttributes(resource));
}

/** The attributes of a resource with their tokens. To resolve them all takes long, for a state machine above all. */
function writtenAttributes(resource: TerraformResource): { readonly [attribute: string]: unknown } {
  const { resource: types } = resource.toTerraform();
  return Object.values(Object.values(types)[0] as object)[0];
}

function elementOf(scope: IConstruct, address: string): TerraformResource | undefined {
  const stack = TerraformStack.of(scope);
  const found = ELEMENTS.get(stack)?.get(address);
  if (found !== undefined) return found;
  ELEMENTS.set(stack, addresses(stack));
  return ELEMENTS.get(stack)?.get(address);
}

function addresses(stack: TerraformStack): Map<string, TerraformResource> {
  return new Map(
    stack.node.findAll().flatMap((node) => {
      if (!TerraformElement.isTerraformElement(node) || !TerraformResource.isTerraformResource(node)) return [];
      return [[`${node.terraformResourceType}.${node.friendlyUniqueId}`, node] as const];
    }),
  );
}
