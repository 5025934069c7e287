import { companionOf } from '../../../modules/resources/registry';
import { nameStart } from '../../../modules/rules/naming';
import type { ResolvedConfig } from '../../../modules/stack-config/config';
import type { StackResources, SynthesizedResource } from './stack-resources';

/** What a Terraform type is called, where its name does not say it. */
const TYPE_NOUNS: { readonly [type: string]: string } = {
  aws_apigatewayv2_api: 'HTTP API',
  aws_batch_job_definition: 'job definition',
  aws_batch_job_queue: 'job queue',
  aws_cloudformation_stack: 'CloudFormation stack',
  aws_cloudwatch_event_bus: 'event bus',
  aws_cloudwatch_event_rule: 'rule',
  aws_cloudwatch_log_group: 'log group',
  aws_codebuild_project: 'build project',
  aws_cognito_user_pool: 'user pool',
  aws_db_instance: 'database',
  aws_dynamodb_table: 'table',
  aws_ecr_repository: 'image repository',
  aws_iam_role: 'role',
  aws_kinesis_firehose_delivery_stream: 'delivery stream',
  aws_kinesis_stream: 'stream',
  aws_lambda_function: 'function',
  aws_lb: 'load balancer',
  aws_s3_bucket: 'bucket',
  aws_scheduler_schedule: 'schedule',
  aws_secretsmanager_secret: 'secret',
  aws_sfn_state_machine: 'state machine',
  aws_sns_topic: 'topic',
  aws_sqs_queue: 'queue',
  aws_ssm_parameter: 'parameter',
};

/** Constructs that the jobs of a stack share, by path, and whose their resources are. */
const SHARED: readonly [path: string, owner: string][] = [
  ['batch-platform/payloads', 'large events'],
  ['batch-platform/undelivered-events', 'undelivered events'],
  ['batch-platform/notifications', 'notifications'],
  ['batch-platform/run-places', 'the places of runs'],
  ['batch-platform/images', 'image builds'],
  ['batch-network', 'the network'],
  ['batch-platform/capacity', 'the instances'],
  ['stack-dashboard', 'the dashboard'],
  ['cloudformation-resources', 'the CloudFormation resources'],
];

/** Names of the resources of a stack as its config calls them: `queue inbox`, `the log group of job nightlyReport`. */
export class Names {
  constructor(
    private readonly config: Pick<ResolvedConfig, 'resources' | 'stackName' | 'namePrefix'>,
    private readonly resources: StackResources,
  ) {}

  /** Undefined for an address that the stack does not have. */
  of(address: string): string | undefined {
    const resource = this.resources.get(address);
    return resource && this.name(resource);
  }

  /** Of the resource that has a physical name. Undefined if the stack does not make it. */
  ofPhysical(type: string, argument: string, name: string): string | undefined {
    const resource = this.resources.managed.find((item) => item.type === type && item.block[argument] === name);
    return resource && this.name(resource);
  }

  /** `queue inbox` for a resource of the config. */
  companion(name: string): string {
    const type = this.config.resources[name]?.type;
    if (type === undefined) return name;
    return type === 'batch-job' ? `job ${name}` : `${companionOf(type).noun} ${name}`;
  }

  private name({ type, path, block, address }: SynthesizedResource): string {
    const noun = typeNoun(type);
    if (address.startsWith('data.') && typeof block.name === 'string' && !block.name.includes('${')) {
      return `${noun} ${block.name}`;
    }
    const [owner = '', ...inside] = path.split('/');
    if (Object.hasOwn(this.config.resources, owner)) return this.partOf(owner, noun, inside);
    const pool = /^batch-platform\/capacity\/(.+)-queue$/.exec(path)?.[1];
    if (pool !== undefined) return `job queue ${nameStart(this.config)}-${pool}`;
    const shared = SHARED.find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`));
    return shared === undefined ? `the ${noun} ${inside.at(-1) ?? owner}`.trimEnd() : `the ${noun} of ${shared[1]}`;
  }

  private partOf(owner: string, noun: string, inside: readonly string[]): string {
    const whole = this.companion(owner);
    const { type } = this.config.resources[owner] ?? {};
    if (type === 'batch-job') {
      return inside[0] === 'Trigger' && noun !== 'function'
        ? `the ${noun} of the trigger function of ${whole}`
        : `the ${noun === 'function' ? 'trigger function' : noun} of ${whole}`;
    }
    return whole.startsWith(`${noun} `) ? whole : `the ${noun} of ${whole}`;
  }
}

export function typeNoun(type: string): string {
  return TYPE_NOUNS[type] ?? type.replace(/^aws_/, '').replaceAll('_', ' ');
}
