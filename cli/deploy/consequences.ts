import { START_GRACE } from '../../modules/rules/schedules';
import { type Values, valuesOf } from './plan-document';

/** What is lost if a resource of a type is deleted or replaced. */
const CONTENT: Readonly<Record<string, string>> = {
  aws_cloudformation_stack: 'its CloudFormation resources with their data',
  aws_cloudwatch_log_group: 'its log records',
  aws_cognito_user_pool: 'its users',
  aws_db_instance: 'its data',
  aws_dynamodb_table: 'its items',
  aws_ecr_repository: 'its images',
  aws_efs_file_system: 'its files',
  aws_elasticache_replication_group: 'its keys',
  aws_kinesis_stream: 'its records',
  aws_rds_cluster: 'its data',
  aws_s3_bucket: 'its objects',
  aws_secretsmanager_secret: 'its value',
  aws_sns_topic: 'its subscriptions',
  aws_sqs_queue: 'its messages',
};

/** How deleting a resource of a type affects runs. */
const RUNS: Readonly<Record<string, string>> = {
  aws_apigatewayv2_api: 'its address is gone, and who calls it starts no run',
  aws_batch_compute_environment: 'its instances are terminated, and the runs on them fail',
  aws_batch_job_definition: 'its revisions are deregistered, and attempts that have not been submitted fail',
  aws_batch_job_queue: 'the runs in it fail',
  aws_efs_access_point:
    'attempts that wait for an instance fail when they start, and running ones can lose their files',
  aws_efs_mount_target: 'containers in its Availability Zone lose their files until there is another',
  aws_lb: 'its address is gone, and who calls it starts no run',
  aws_sfn_state_machine: 'runs in progress fail at their next step',
  aws_vpc: 'its instances are terminated, and runs fail',
};

/** The effect of replacing a resource of a type. */
const MEANWHILE: Readonly<Record<string, string>> = {
  aws_iam_instance_profile: 'instances lose their permissions, and jobs on them fail',
  aws_iam_role: 'runs in progress lose its permissions, and fail when they need them',
  aws_lambda_function: 'no event starts a run until the new one exists',
};

/** A property that makes AWS refuse to delete a resource. */
const PROTECTION: Readonly<Record<string, string>> = {
  aws_cognito_user_pool: 'deletion_protection',
  aws_db_instance: 'deletion_protection',
  aws_dynamodb_table: 'deletion_protection_enabled',
  aws_lb: 'enable_deletion_protection',
};

/** A warning to show before a resource is deleted, replaced or created. */
export interface Consequence {
  /** `data`: data is lost. `runs`: runs fail or do not start. `refused`: AWS does not delete or create the resource. */
  readonly kind: 'data' | 'runs' | 'refused';
  /** The rest of a sentence that begins with the resource, such as `will be deleted with its objects`. */
  readonly text: string;
}

/** Types whose content is one thing. */
const ONE: ReadonlySet<string> = new Set(['aws_db_instance', 'aws_rds_cluster', 'aws_secretsmanager_secret']);

/**
 * The consequences of deleting a resource.
 *
 * @param before its properties
 * @param again whether it is replaced
 */
export function consequencesOf(type: string, before: unknown, again: boolean): readonly Consequence[] {
  const properties = valuesOf(before);
  const [protection, content] = [properties[PROTECTION[type] ?? ''], CONTENT[type]];
  if (protection === true || protection === 'ACTIVE') {
    const text = 'will not be deleted: AWS refuses. To delete it, first set deletionProtection: false and deploy';
    return [{ kind: 'refused', text }];
  }
  const will = `will be ${again ? 'replaced' : 'deleted'}`;
  const consequences: Consequence[] = [];
  if (content !== undefined && properties.skip_destroy !== true) {
    const loss = again ? `: ${content} ${ONE.has(type) ? 'is' : 'are'} deleted` : ` with ${content}`;
    consequences.push({ kind: 'data', text: `${will}${loss}${exception(type, properties)}` });
  }
  const runs = RUNS[type] ?? (again ? MEANWHILE[type] : undefined);
  if (runs !== undefined) consequences.push({ kind: 'runs', text: `${will}: ${runs}` });
  return consequences;
}

/**
 * What AWS refuses to create. Terraform notices it only after it has deleted what the resource takes the place of.
 *
 * @param after its properties
 */
export function refusedCreation(type: string, after: unknown, now = new Date()): readonly Consequence[] {
  const { start_date: start } = valuesOf(after);
  if (type !== 'aws_scheduler_schedule' || typeof start !== 'string') return [];
  if (!(Date.parse(start) < now.getTime() - START_GRACE)) return [];
  const text = `will not be created: AWS refuses, because its startDate ${start} has passed. Remove startDate, or set a later one`;
  return [{ kind: 'refused', text }];
}

function exception(type: string, properties: Values): string {
  if (type === 'aws_s3_bucket' && properties.force_destroy !== true) return '; AWS refuses while there are any';
  if (type === 'aws_db_instance' && properties.skip_final_snapshot === false) return ' after a final snapshot';
  return '';
}
