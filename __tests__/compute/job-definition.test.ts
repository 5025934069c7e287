// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { TerraformOutput, type TerraformStack, TerraformVariable } from 'cdktf';
import { ServiceRole } from '../../modules/access/service-role';
import { createJobDefinition, type JobDefinitionProps } from '../../modules/compute/job-definition';
import { retryPlan } from '../../modules/orchestration/retry-plan';
import { document, foreignStack, Synthesis } from '../synthesis';

let stack: TerraformStack;

beforeEach(() => {
  stack = foreignStack();
});

function definition(props: Partial<JobDefinitionProps> = {}) {
  const made = createJobDefinition(stack, 'JobDefinition', {
    stackName: 'reports',
    jobName: 'nightly',
    image: { image: 'busybox:1.37', pullStatements: [] },
    environment: undefined,
    resources: { cpu: 2, memory: 1800, architecture: 'x86_64' },
    region: 'eu-west-1',
    jobRoleArn: 'arn:job',
    executionRole: new ServiceRole(stack, 'ExecutionRole', {
      nameParts: ['execution'],
      aws: { region: 'eu-west-1', iam: {} },
      service: 'ecs-tasks.amazonaws.com',
    }),
    logs: 'instance',
    batchRetry: retryPlan({}).batchRetry,
    ...props,
  });
  return { made, block: new Synthesis(stack).one('aws_batch_job_definition') };
}

const container = (props: Partial<JobDefinitionProps>) =>
  document<{ readonly [key: string]: unknown }>(definition(props).block.container_properties);

interface Variable {
  readonly name: string;
  readonly value: string;
}

const isRegion = ({ name }: Variable) => name === 'AWS_REGION' || name === 'AWS_DEFAULT_REGION';
const variablesOf = (props: Partial<JobDefinitionProps>) => container(props).environment as Variable[];
/** Those that the job asks for. */
const ownVariables = (props: Partial<JobDefinitionProps>) => variablesOf(props).filter((item) => !isRegion(item));

describe('createJobDefinition', () => {
  it('is, but for its container', () => {
    const { container_properties, retry_strategy, ...block } = definition().block;
    expect(block).toEqual({
      name: 'reports-nightly',
      type: 'container',
      platform_capabilities: ['EC2'],
      propagate_tags: true,
      // A run that has begun finds its revision still there.
      deregister_on_new_revision: false,
    });
    expect(JSON.parse(String(container_properties))).toMatchObject({ image: 'busybox:1.37' });
  });

  it('is known without its revision, so that a deployment breaks no run', () => {
    const { made } = definition();
    new TerraformOutput(stack, 'arn', { value: made.arnPrefix, staticId: true });
    expect(new Synthesis(stack).outputs.arn).toEqual({ value: '${aws_batch_job_definition.JobDefinition.arn_prefix}' });
  });

  it('writes vCPUs, memory and GPUs as strings', () => {
    expect(container({ resources: { cpu: 4, memory: 8000, gpu: 1, architecture: 'x86_64' } })).toMatchObject({
      resourceRequirements: [
        { type: 'VCPU', value: '4' },
        { type: 'MEMORY', value: '8000' },
        { type: 'GPU', value: '1' },
      ],
    });
  });

  it('takes vCPUs and memory that only Terraform knows', () => {
    const number = (id: string) => new TerraformVariable(stack, id, { type: 'number' }).numberValue;
    expect(
      container({ resources: { cpu: number('cpu'), memory: number('memory'), architecture: 'arm64' } }),
    ).toMatchObject({
      resourceRequirements: [
        { type: 'VCPU', value: '${var.cpu}' },
        { type: 'MEMORY', value: '${var.memory}' },
      ],
    });
  });

  it('sorts variables by name, converts them to strings and leaves out the empty ones', () => {
    const environment = { ZONE: 'b', EMPTY: '', COUNT: 3, DRY_RUN: false, A: 'x' };
    const sorted = [
      { name: 'A', value: 'x' },
      { name: 'COUNT', value: '3' },
      { name: 'DRY_RUN', value: 'false' },
      { name: 'ZONE', value: 'b' },
    ];
    expect(ownVariables({ environment })).toEqual(sorted);
    stack = foreignStack();
    const list = Object.entries(environment).map(([name, value]) => ({ name, value }));
    expect(ownVariables({ environment: list })).toEqual(sorted);
    stack = foreignStack();
    expect(ownVariables({ environment: { EMPTY: '' } })).toEqual([]);
  });

  it('escapes what Terraform would read as a template, and keeps tokens next to it', () => {
    const token = new TerraformVariable(stack, 'bucket', { type: 'string' }).stringValue;
    const { command, environment } = container({
      image: { image: 'busybox', pullStatements: [], command: ['sh', '-c', 'echo ${HOME} %{x}'] },
      environment: { WHERE: `s3://${token}/\${DATE}` },
    });
    expect(command).toEqual(['sh', '-c', 'echo $${HOME} %%{x}']);
    expect(environment).toContainEqual({ name: 'WHERE', value: 's3://${var.bucket}/$${DATE}' });
  });

  it('keeps a brace in a command that is never closed from swallowing the tokens behind it', () => {
    const token = new TerraformVariable(stack, 'role', { type: 'string' }).stringValue;
    expect(
      container({ image: { image: 'a', pullStatements: [], command: ['echo ${'] }, jobRoleArn: token }),
    ).toMatchObject({ command: ['echo $%{if true}%{endif}{'], jobRoleArn: '${var.role}' });
  });

  it('has the same rules of retry whether Batch retries or not, since others would replace it', () => {
    const never = definition().block.retry_strategy;
    stack = foreignStack();
    const { batchRetry } = retryPlan({ useSpotInstances: true });
    const restarted = definition({ batchRetry }).block.retry_strategy;
    expect(restarted).toEqual({
      attempts: 4,
      evaluate_on_exit: [
        { action: 'RETRY', on_status_reason: 'Host EC2*' },
        { action: 'RETRY', on_exit_code: '143' },
        { action: 'EXIT', on_reason: '*' },
      ],
    });
    expect(never).toEqual({ ...Object(restarted), attempts: 1 });
  });

  it('writes to the log group of the job', () => {
    expect(container({ logs: { logGroupName: '/batch-jobs/a/b', region: 'eu-west-1' } })).toMatchObject({
      logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/batch-jobs/a/b' } },
    });
  });

  it('bears the tags of the job', () => {
    expect(definition({ tags: { team: 'billing' } }).block.tags).toEqual({ team: 'billing' });
  });

  it('cuts a long name', () => {
    expect(String(definition({ jobName: 'a'.repeat(200) }).block.name)).toHaveLength(128);
  });
});

describe('the region', () => {
  const variables = (environment: JobDefinitionProps['environment'], secrets: JobDefinitionProps['secrets'] = []) =>
    variablesOf({ environment: { A: 'x', ...environment }, secrets })
      .filter(isRegion)
      .map(({ name, value }) => `${name}=${value}`);
  const secret = { store: 'secret', valueFrom: 'arn:secret', arn: 'arn:secret' } as const;

  it.each<[string, JobDefinitionProps['environment'], string[]]>([
    ['the stack, in both variables', undefined, ['AWS_DEFAULT_REGION=eu-west-1', 'AWS_REGION=eu-west-1']],
    [
      'the stack, if an empty value says nothing',
      { AWS_REGION: '' },
      ['AWS_DEFAULT_REGION=eu-west-1', 'AWS_REGION=eu-west-1'],
    ],
    [
      'the job, and the other variable follows',
      { AWS_REGION: 'us-east-1' },
      ['AWS_DEFAULT_REGION=us-east-1', 'AWS_REGION=us-east-1'],
    ],
    ['the job, by its other name', { AWS_DEFAULT_REGION: 'a' }, ['AWS_DEFAULT_REGION=a', 'AWS_REGION=a']],
    [
      'the job, where it sets two',
      { AWS_REGION: 'a', AWS_DEFAULT_REGION: 'b' },
      ['AWS_DEFAULT_REGION=b', 'AWS_REGION=a'],
    ],
  ])('is that of %s', (_, environment, expected) => {
    expect(variables(environment)).toEqual(expected);
  });

  it('is left to a secret that sets one', () => {
    expect(variables({}, [['AWS_REGION', secret]])).toEqual([]);
  });
});

describe('an image that the stack builds', () => {
  const image = {
    image: 'registry/image:digest',
    pullStatements: [],
    init: true,
  };

  it('gets an init before its command', () => {
    expect(container({ image })).toMatchObject({ linuxParameters: { initProcessEnabled: true } });
  });

  it('is there before the job can run', () => {
    const bucket = new S3Bucket(stack, 'there-first', {});
    expect(definition({ image: { ...image, dependencies: [bucket] } }).block.depends_on).toEqual([
      'aws_s3_bucket.there-first',
    ]);
  });

  it('changes its permissions only if it could be built, and a container finds them when it starts', () => {
    const bucket = new S3Bucket(stack, 'there-first', {});
    const executionRole = new ServiceRole(stack, 'Role', {
      nameParts: ['role'],
      aws: { region: 'eu-west-1', iam: {} },
      service: 'ecs-tasks.amazonaws.com',
      statements: [{ Action: ['ecr:BatchGetImage'], Resource: ['*'] }],
      after: [bucket],
    });
    expect(definition({ executionRole }).block.depends_on).toEqual(['aws_iam_role_policy.Role_Policy']);
    expect(new Synthesis(stack).one('aws_iam_role_policy').depends_on).toEqual(['aws_s3_bucket.there-first']);
  });
});
