import type { Names } from './names';
import { type Readable, reference, THIS_ACCOUNT } from './readable';

/** What a part of an ARN is called, by service and type. */
const NOUNS: { readonly [type: string]: string } = {
  'batch:job': 'AWS Batch job',
  'batch:job-definition': 'job definition',
  'batch:job-queue': 'job queue',
  'codebuild:project': 'build project',
  'dynamodb:table': 'table',
  'ecr:repository': 'image repository',
  'ecs:cluster': 'ECS cluster',
  'ecs:container-instance': 'ECS instance',
  'events:event-bus': 'event bus',
  'events:rule': 'EventBridge rule',
  'kinesis:stream': 'stream',
  'kms:alias': 'KMS alias',
  'kms:key': 'KMS key',
  'lambda:function': 'function',
  'logs:log-group': 'log group',
  'secretsmanager:secret': 'secret',
  'ssm:parameter': 'parameter',
  'states:execution': 'execution',
  'states:stateMachine': 'state machine',
};

/** Resources whose ARN ends with a name that the document has: their type in Terraform, and the argument with the name. */
const PHYSICAL_NAMES: { readonly [type: string]: readonly [type: string, argument: string] } = {
  'batch:job-definition': ['aws_batch_job_definition', 'name'],
  'batch:job-queue': ['aws_batch_job_queue', 'name'],
  'lambda:function': ['aws_lambda_function', 'function_name'],
  'states:execution': ['aws_sfn_state_machine', 'name'],
  'states:stateMachine': ['aws_sfn_state_machine', 'name'],
};

/** Describes resources of IAM statements: ARNs, patterns of them, and expressions that become ARNs. */
export class ArnText {
  constructor(
    private readonly names: Names,
    private readonly readable: Readable,
  ) {}

  /** `bucket archive`, `every ECS cluster`, or the ARN itself if nothing shorter says the same. */
  of(pattern: string): string {
    if (pattern === '*') return 'any resource';
    const { address = '', attribute = '', rest: parts = [] } = reference(pattern) ?? {};
    const rest = this.readable.joined(parts);
    if (address.startsWith('data.aws_caller_identity.') && rest === '') return 'this account';
    const name = /^data\.aws_(partition|region|caller_identity)\./.test(address) ? undefined : this.names.of(address);
    if (name === undefined) return this.arn(this.readable.text(pattern));
    return inside(attribute.includes('secret_arn') ? `the secret of ${name}` : name, rest);
  }

  private arn(text: string): string {
    const [, , service = '', region = '', account = '', ...more] = text.split(':');
    const resource = more.join(':');
    // Names of buckets are unique in all accounts.
    const [, bucket, key = ''] = /^arn:[^:]+:s3:::([^/*?]+)(\/.*)?$/.exec(text) ?? [];
    if (bucket !== undefined) return inside(`bucket ${bucket}`, key);
    // Another account or region is a difference that must be seen.
    const isHere = account === THIS_ACCOUNT && region !== '';
    const isEverywhere = account === '*' && region === '*';
    if (!text.startsWith('arn:') || resource === '' || (!isHere && !isEverywhere)) return text;
    const where = isEverywhere ? ' in any region and account' : region === '*' ? ' in any region' : '';
    if (resource === '*') return `everything of ${service}${where}`;
    const [, type = '', rest = ''] = /^([a-zA-Z-]+)[/:](.+)$/.exec(resource) ?? [];
    const noun = NOUNS[`${service}:${type}`] ?? `${service} ${type}`.trimEnd();
    if (type === '') return `${service} ${resource}${where}`;
    if (rest === '*') return `every ${noun}${where}`;
    const name = rest.replace(/:\*$/, '');
    const made = PHYSICAL_NAMES[`${service}:${type}`];
    const own = made && where === '' ? this.names.ofPhysical(...made, name) : undefined;
    if (own !== undefined) return type === 'execution' ? `the executions of ${own}` : own;
    return `${service}:${type}` === 'states:execution' && name !== rest
      ? `the executions of state machine ${name}${where}`
      : `${noun} ${name}${where}`;
  }
}

/** A resource and the part of its ARN after it: `/*` is all that is in it, `/reports/*` what begins so. */
function inside(name: string, rest: string): string {
  if (rest === '' || rest === '/*' || rest === ':*') return name;
  if (rest === '/index/*') return `the indexes of ${name}`;
  const prefix = /^\/(.+)\*$/.exec(rest)?.[1];
  return prefix === undefined ? `${name} (only ${rest.replace(/^[/:]/, '')})` : `${name} below ${prefix}`;
}
