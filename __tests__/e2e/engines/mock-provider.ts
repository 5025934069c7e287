import { blocksOf, objectAt, type TerraformDocument } from './terraform-document';

/** What a mocked AWS answers where its random eight letters would not pass the provider's own checks. */
const MOCK_ACCOUNT = '123456789012';
/** Region of all that is mocked. */
export const MOCK_REGION = 'eu-west-1';

/** A condition on the applied stack, in Terraform's expression language: `output.url != ""`. */
export interface MockAssertion {
  readonly condition: string;
  /** What the failure says. */
  readonly message: string;
}

/** Service and resource part of each type's ARN. `*` is replaced by the name. Any other type gets `terraform:...:<type>/<name>`. */
const ARNS: Readonly<Record<string, readonly [service: string, resource: string]>> = {
  aws_batch_compute_environment: ['batch', 'compute-environment/*'],
  aws_batch_job_definition: ['batch', 'job-definition/*:1'],
  aws_batch_job_queue: ['batch', 'job-queue/*'],
  aws_cloudwatch_event_bus: ['events', 'event-bus/*'],
  aws_cloudwatch_event_rule: ['events', 'rule/*'],
  aws_cloudwatch_log_group: ['logs', 'log-group:*'],
  aws_cloudwatch_metric_alarm: ['cloudwatch', 'alarm:*'],
  aws_cognito_user_pool: ['cognito-idp', 'userpool/*'],
  aws_dynamodb_table: ['dynamodb', 'table/*'],
  aws_iam_instance_profile: ['iam', 'instance-profile/*'],
  aws_iam_policy: ['iam', 'policy/*'],
  aws_iam_role: ['iam', 'role/*'],
  aws_kinesis_stream: ['kinesis', 'stream/*'],
  aws_kinesis_stream_consumer: ['kinesis', 'stream/*/consumer/*:1'],
  aws_lambda_function: ['lambda', 'function:*'],
  aws_launch_template: ['ec2', 'launch-template/*'],
  aws_lb: ['elasticloadbalancing', 'loadbalancer/app/*/50dc6c495c0c9188'],
  aws_lb_listener: ['elasticloadbalancing', 'listener/app/*/50dc6c495c0c9188/f2f7dc8efc522ab2'],
  aws_lb_target_group: ['elasticloadbalancing', 'targetgroup/*/73e2d6bc24d8a067'],
  aws_s3_bucket: ['s3', '*'],
  aws_secretsmanager_secret: ['secretsmanager', 'secret:*'],
  aws_security_group: ['ec2', 'security-group/*'],
  aws_sfn_state_machine: ['states', 'stateMachine:*'],
  aws_sns_topic: ['sns', '*'],
  aws_sqs_queue: ['sqs', '*'],
  aws_subnet: ['ec2', 'subnet/*'],
  aws_vpc: ['ec2', 'vpc/*'],
};
/** Services whose ARNs name no region. */
const GLOBAL = new Set(['iam', 's3']);

/** Where RDS keeps the password of a mocked database. */
export const MOCK_SECRET_ARN = `arn:aws:secretsmanager:${MOCK_REGION}:${MOCK_ACCOUNT}:secret:rds!db-mock-AbCdEf`;

/** ARN of a secret of a name, with what Secrets Manager appends to it. */
export function mockSecretArn(name: string): string {
  return `arn:aws:secretsmanager:${MOCK_REGION}:${MOCK_ACCOUNT}:secret:${name}-AbCdEf`;
}

/** What the data sources answer; each of them is asked for something with a syntax that the provider or AWS checks. */
const DATA = {
  aws_apigatewayv2_api: { execution_arn: `arn:aws:execute-api:${MOCK_REGION}:${MOCK_ACCOUNT}:existing` },
  aws_availability_zones: { names: ['a', 'b', 'c'].map((zone) => `${MOCK_REGION}${zone}`) },
  aws_caller_identity: { account_id: MOCK_ACCOUNT, arn: `arn:aws:iam::${MOCK_ACCOUNT}:user/mock`, id: MOCK_ACCOUNT },
  aws_ec2_instance_type_offerings: { instance_types: ['g4dn.xlarge', 'g5.xlarge', 'p4d.24xlarge'] },
  aws_iam_policy_document: { json: '{"Version":"2012-10-17","Statement":[]}' },
  aws_partition: { partition: 'aws', dns_suffix: 'amazonaws.com', reverse_dns_prefix: 'com.amazonaws', id: 'aws' },
  aws_secretsmanager_secret_version: { secret_string: '{"password":"mocked-password-0123456789"}' },
  aws_region: { name: MOCK_REGION, region: MOCK_REGION, id: MOCK_REGION },
};

/** The ARN that a mocked apply gives `<type>.<name>`: each resource its own, so that a test sees which one is referred to. */
export function mockArn(type: string, name: string): string {
  const [service, resource] = ARNS[type] ?? ['terraform', `${type}/*`];
  const region = GLOBAL.has(service) ? '' : MOCK_REGION;
  const account = service === 's3' ? '' : MOCK_ACCOUNT;
  return `arn:aws:${service}:${region}:${account}:${resource.replaceAll('*', name)}`;
}

/** What CloudFormation answers for each output of a template: an ARN of the resource that the output is about. */
function stackOutputs(template: string): { readonly [name: string]: string } {
  const { Resources = {}, Outputs = {} } = JSON.parse(template) as {
    readonly Resources?: { readonly [id: string]: { readonly Type: string } };
    readonly Outputs?: { readonly [name: string]: { readonly Value: { Ref?: string; 'Fn::GetAtt'?: string[] } } };
  };
  return Object.fromEntries(
    Object.entries(Outputs).map(([name, { Value }]) => {
      const id = Value.Ref ?? Value['Fn::GetAtt']?.[0] ?? '';
      const [, service = '', kind = ''] = Resources[id]?.Type.toLowerCase().split('::') ?? [];
      const resource = service === 'kinesis' ? `${kind}/${id}` : id;
      return [name, `arn:aws:${service}:${MOCK_REGION}:${MOCK_ACCOUNT}:${resource}`];
    }),
  );
}

/**
 * A Terraform test file that applies a stack against a mocked AWS: the real provider's schema and its checks of each argument,
 * with the real evaluation of each expression, and no request to anybody.
 */
export function mockTestFile(document: TerraformDocument, assertions: readonly MockAssertion[]): TerraformDocument {
  const types = Object.keys(objectAt(document.resource) ?? {}).filter((type) => type.startsWith('aws_'));
  const overrides = types.flatMap((type) =>
    blocksOf(document, 'resource', type).map(([name, block]) => ({
      target: `${type}.${name}`,
      // A value for an attribute that the type has not is passed over by Terraform.
      values: {
        arn: mockArn(type, name),
        // A template that is in S3 is one of this project's own, without outputs.
        ...(type === 'aws_cloudformation_stack' && { outputs: stackOutputs(String(block.template_body ?? '{}')) }),
        ...(type === 'aws_launch_template' && { latest_version: 1 }),
        ...(type === 'aws_db_instance' && { master_user_secret: [{ secret_arn: MOCK_SECRET_ARN }] }),
        ...(type === 'aws_apigatewayv2_api' && {
          execution_arn: `arn:aws:execute-api:${MOCK_REGION}:${MOCK_ACCOUNT}:${name}`,
        }),
      },
    })),
  );
  const lookedUp = blocksOf(document, 'data', 'aws_secretsmanager_secret').map(([name, block]) => ({
    target: `data.aws_secretsmanager_secret.${name}`,
    values: { arn: mockSecretArn(String(block.name)) },
  }));
  return {
    mock_provider: {
      aws: {
        mock_data: Object.fromEntries(Object.entries(DATA).map(([type, defaults]) => [type, { defaults }])),
        override_resource: overrides,
        ...(lookedUp.length > 0 && { override_data: lookedUp }),
      },
    },
    run: {
      apply: {
        command: 'apply',
        assert: assertions.map(({ condition, message }) => ({
          condition: `\${${condition}}`,
          error_message: message,
        })),
      },
    },
  };
}
