// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Testing } from 'cdktf';
import type { BatchJobsConfig } from '../modules/stack-config/config';
import { job, jobsStack, Synthesis, typesUnder } from './synthesis';

const synthesize = (more: Partial<BatchJobsConfig> = {}, jobs: Parameters<typeof jobsStack>[0] = { nightly: job() }) =>
  new Synthesis(jobsStack(jobs, more));

describe('BatchJobsStack', () => {
  it('makes for one job', () => {
    const stack = jobsStack({
      nightly: job({ events: [{ type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } }] }),
    });
    const types = new Synthesis(stack).types.filter((type) => !type.startsWith('aws_s3_bucket'));
    expect(types).toEqual([
      'aws_batch_compute_environment', // on-demand, as the job wants
      'aws_batch_job_definition',
      'aws_batch_job_queue',
      'aws_cloudwatch_event_rule', // the schedule
      'aws_cloudwatch_event_target',
      'aws_cloudwatch_log_group 3', // container, state machine, trigger function
      'aws_iam_instance_profile',
      'aws_iam_role 5', // instance, job, execution, state machine, trigger function
      'aws_iam_role_policy 5',
      'aws_internet_gateway',
      'aws_lambda_function', // the trigger function
      'aws_lambda_function_event_invoke_config',
      'aws_lambda_permission',
      'aws_launch_template',
      'aws_main_route_table_association', // of the public subnets
      'aws_route',
      'aws_route_table',
      'aws_security_group',
      'aws_sfn_state_machine',
      'aws_sqs_queue', // undelivered events
      'aws_subnet 3',
      'aws_vpc',
      'aws_vpc_endpoint', // S3
    ]);
    expect(stack.jobs.get('nightly')?.name).toBe('nightly');
  });

  it('makes nothing that only jobs need if there is none', () => {
    expect(new Synthesis(jobsStack({})).types).toEqual([]);
    const stack = jobsStack({}, { resources: { work: { type: 'sqs-queue' }, photos: { type: 'bucket' } } });
    expect(typesUnder(stack)).toEqual(
      [...typesUnder(stack.node.findChild('photos')), 'aws_sqs_queue', 'aws_sqs_queue_policy'].sort(),
    );
  });

  it('makes the network for what is in it', () => {
    const stack = jobsStack({}, { resources: { web: { type: 'application-load-balancer' } } });
    expect(new Synthesis(stack).types).toEqual(expect.arrayContaining(['aws_vpc', 'aws_subnet 3', 'aws_lb']));
  });

  it('makes for each further job of the same kind nothing that is shared', () => {
    const one = jobsStack({ a: job() });
    const two = jobsStack({ a: job(), b: job() });
    expect(typesUnder(two.platform)).toEqual(typesUnder(one.platform));
  });

  it('outputs where gateways and load balancers that it makes can be called', () => {
    const { outputs } = synthesize(
      {
        resources: {
          api: { type: 'http-api-gateway' },
          balancer: { type: 'application-load-balancer' },
          other: { type: 'http-api-gateway', existing: { apiId: 'a1b2c3d4e5' } },
        },
      },
      {},
    );
    expect(outputs).toEqual({
      apiUrl: { value: expect.stringMatching(/^\$\{aws_apigatewayv2_api\.api.*\.api_endpoint\}$/) },
      balancerDomain: { value: expect.stringMatching(/^\$\{aws_lb\.balancer.*\.dns_name\}$/) },
    });
  });

  it('outputs the ARNs of each job, and nothing else', () => {
    const { outputs } = synthesize({}, { nightly: job(), quiet: job({ logging: { disabled: true } }) });
    expect(outputs).toEqual({
      nightlyJobDefinitionArn: { value: '${aws_batch_job_definition.nightly_JobDefinition.arn_prefix}' },
      nightlyLogGroupArn: { value: '${aws_cloudwatch_log_group.nightly_LogGroup.arn}' },
      nightlyStateMachineArn: { value: '${aws_sfn_state_machine.nightly_StateMachine.arn}' },
      quietJobDefinitionArn: { value: '${aws_batch_job_definition.quiet_JobDefinition.arn_prefix}' },
      quietStateMachineArn: { value: '${aws_sfn_state_machine.quiet_StateMachine.arn}' },
    });
  });

  it('outputs what the config asks for, with text that Terraform does not read', () => {
    const cloudformationResources = { orders: { Type: 'AWS::SNS::Topic' } };
    const wanted = [
      { name: 'runs', value: "$ResourceParam('nightly', 'stateMachineArn')", description: 'Each ${run}' },
      { name: 'topic', value: "$CfResourceParam('orders', 'TopicArn')" },
      { name: 'text', value: '%{if}' },
      { name: 'nightlyLogGroupArn', value: "$ResourceParam('nightly', 'logGroupArn')", description: 'Of containers' },
    ];
    const { outputs } = synthesize({ cloudformationResources, outputs: wanted }, { nightly: job() });
    expect(outputs).toMatchObject({
      runs: { value: '${aws_sfn_state_machine.nightly_StateMachine.arn}', description: 'Each $${run}' },
      topic: { value: expect.stringMatching(/^\$\{aws_cloudformation_stack\..*\.outputs\.ordersTopicArn\w+\}$/) },
      text: { value: '%%{if}' },
      nightlyLogGroupArn: { value: '${aws_cloudwatch_log_group.nightly_LogGroup.arn}', description: 'Of containers' },
    });
    expect(outputs.text).not.toHaveProperty('description');
  });

  it.each([
    { outputs: [{ name: 'topic', value: "$CfResourceParam('orders', 'TopicArn')" }] },
    { notifications: { onFailure: [{ snsTopicArn: "$CfResourceParam('orders', 'TopicArn')" }] } },
  ])('has CloudFormation return each attribute that %j asks for', (asking) => {
    const cloudformationResources = { orders: { Type: 'AWS::SNS::Topic' } };
    const synthesis = synthesize({ cloudformationResources, ...asking }, { nightly: job() });
    const [{ template_body = '' } = {}] = synthesis.all('aws_cloudformation_stack');
    expect(Object.keys(JSON.parse(String(template_body)).Outputs)).toEqual([expect.stringMatching(/^ordersTopicArn/)]);
  });

  it('takes every name of a job, those too that the stack itself could want', () => {
    const names = ['aws', 'archive', 'platform', 'network', 'x', 'xStateMachineArn', 'output', 'Resource', 'Trigger'];
    const { output } = JSON.parse(
      Testing.synth(jobsStack(Object.fromEntries(names.map((name) => [name, job()]))), true),
    );
    expect(Object.keys(output)).toHaveLength(3 * names.length);
  });

  it('takes no jobs at all', () => {
    expect(synthesize({}, {}).outputs).toEqual({});
  });
});

describe('providers', () => {
  it('are those of AWS and of archives, in the region of the environment', () => {
    expect(synthesize().section('provider')).toEqual({ archive: [{}], aws: [{}] });
  });

  it('take the region and the tags of the config', () => {
    expect(synthesize({ region: 'eu-west-1', tags: { team: 'a', note: 'b' } }).section('provider')).toMatchObject({
      aws: [{ region: 'eu-west-1', default_tags: [{ tags: { team: 'a', note: 'b' } }] }],
    });
  });
});

describe('tags of the config', () => {
  it('are on instances and volumes too, which get no default tags from the provider', () => {
    const synthesis = synthesize({ tags: { team: 'billing' } });
    expect(synthesis.one('aws_batch_compute_environment')).toMatchObject({
      compute_resources: { tags: { Name: 'reports-batch', team: 'billing' } },
    });
    expect(synthesis.one('aws_launch_template').tag_specifications).toEqual([
      { resource_type: 'volume', tags: { Name: 'reports-batch', team: 'billing' } },
    ]);
  });
});

describe('backend', () => {
  const backend = (given?: BatchJobsConfig['backend'], more: Partial<BatchJobsConfig> = {}) => {
    const { backend, cloud } = synthesize({ backend: given, ...more }).section('terraform') as {
      readonly backend?: unknown;
      readonly cloud?: unknown;
    };
    return backend ?? { cloud };
  };

  it('is by default a local file outside of cdktf.out, which may be deleted at any time', () => {
    expect(backend()).toEqual({ local: { path: '../../../terraform.reports.tfstate' } });
  });

  it('names the region, so that two regions of one config have two states', () => {
    const region = 'eu-west-1';
    expect(backend(undefined, { region })).toEqual({ local: { path: '../../../terraform.reports.eu-west-1.tfstate' } });
    expect(backend({ type: 'cloud', organization: 'me' }, { region })).toEqual({
      cloud: { organization: 'me', workspaces: { name: 'reports-eu-west-1' } },
    });
    expect(backend({ type: 's3', bucket: 'states' })).toMatchObject({ s3: { key: 'reports/terraform.tfstate' } });
  });

  it('is a local file elsewhere', () => {
    expect(backend({ type: 'local', path: '/state/${x}' })).toEqual({ local: { path: '/state/$${x}' } });
  });

  it('is a bucket, with a lock file and encryption', () => {
    expect(backend({ type: 's3', bucket: 'states' }, { region: 'eu-west-1' })).toEqual({
      s3: {
        bucket: 'states',
        key: 'reports/eu-west-1/terraform.tfstate',
        region: 'eu-west-1',
        encrypt: true,
        use_lockfile: true,
      },
    });
    expect(backend({ type: 's3', bucket: 'states', key: 'k', region: 'us-east-1' }, { region: 'eu-west-1' })).toEqual({
      s3: { bucket: 'states', key: 'k', region: 'us-east-1', encrypt: true, use_lockfile: true },
    });
  });

  it('is Terraform Cloud', () => {
    expect(backend({ type: 'cloud', organization: 'me' })).toEqual({
      cloud: { organization: 'me', workspaces: { name: 'reports' } },
    });
    expect(backend({ type: 'cloud', organization: 'me', workspace: 'w', hostname: 'tfe.example.com' })).toEqual({
      cloud: { organization: 'me', hostname: 'tfe.example.com', workspaces: { name: 'w' } },
    });
  });
});

describe('network and limits', () => {
  it('come from the config', () => {
    const synthesis = synthesize({
      vpc: { vpcId: 'vpc-1', subnetIds: ['subnet-1'] },
      compute: { maxVcpus: 16, rootVolumeGb: 30 },
    });
    expect(synthesis.types).not.toContain('aws_vpc');
    expect(synthesis.one('aws_security_group').vpc_id).toBe('vpc-1');
    expect(synthesis.one('aws_batch_compute_environment')).toMatchObject({
      compute_resources: { max_vcpus: 16, subnets: ['subnet-1'] },
    });
    expect(synthesis.one('aws_launch_template')).toMatchObject({
      block_device_mappings: [{ ebs: { volume_size: 30 } }],
    });
  });

  it('are by default a VPC of the stack, in the range given if any', () => {
    expect(synthesize().one('aws_vpc').cidr_block).toBe('10.0.0.0/16');
    expect(synthesize({ vpc: { cidrBlock: '10.9.0.0/20' } }).one('aws_vpc').cidr_block).toBe('10.9.0.0/20');
  });
});

describe('validation', () => {
  // CDKTF leaves a component "Default" out of a path, so that this job's parts look like those of another called "Trigger".
  it('finds two jobs whose ids CDKTF makes one', () => {
    const stack = jobsStack({ Default: job(), Trigger: job() });
    expect(() => Testing.synth(stack, true)).toThrow(/share the Terraform address aws_cloudwatch_log_group\.Trigger_/);
  });

  it('finds added elements that share an address', () => {
    const stack = jobsStack({ nightly: job() });
    new SqsQueue(stack, 'mine.too', {});
    new SqsQueue(stack, 'minetoo', {});
    expect(() => Testing.synth(stack, true)).toThrow('share the Terraform address aws_sqs_queue.minetoo');
  });
});

it.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf', 'isPrototypeOf'])(
  'takes %s, which every object of JavaScript has, wherever a config takes names of its author',
  (name) => {
    const one = (value: string) => ({ [name]: value });
    const events: NonNullable<Parameters<typeof job>[0]>['events'] = [
      { type: 'event-bus', properties: { useDefaultBus: true, eventPattern: { detail: { [name]: ['wanted'] } } } },
      {
        type: 'sns',
        properties: { snsTopicArn: 'arn:aws:sns:eu-west-1:123456789012:a', filterPolicy: { [name]: ['wanted'] } },
      },
      { type: 'schedule', properties: { scheduleRate: 'rate(1 day)', input: one('given') } },
      {
        type: 'schedule',
        properties: {
          scheduleRate: 'rate(2 days)',
          inputTransformer: { inputPathsMap: one('$.time'), inputTemplate: `{"at": <${name}>}` },
        },
      },
    ];
    const properties = job({ tags: one('own'), events, connectTo: ['search'] });
    const synthesis = new Synthesis(
      jobsStack(
        {},
        {
          tags: one('shared'),
          cloudformationResources: { [name]: { Type: 'AWS::SNS::Topic', Properties: one('property') } },
          resources: {
            search: { type: 'existing', properties: { variables: one('https://search') } },
            nightly: {
              type: 'batch-job',
              properties: {
                ...properties,
                container: {
                  ...properties.container,
                  environment: { [name]: 'variable', TOPIC: `$CfResourceParam('${name}', 'TopicName')` },
                },
              },
              overrides: { JobDefinition: { parameters: one('parameter') } },
            },
          },
        },
      ),
    );
    const definition = synthesis.one('aws_batch_job_definition');
    expect(Object.entries(definition.tags as object)).toContainEqual([name, 'own']);
    expect(definition.parameters).toEqual(one('parameter'));
    const { environment } = JSON.parse(String(definition.container_properties));
    const suffix = name.replace(/[A-Z]/g, '_$&').toUpperCase();
    expect(environment).toContainEqual({ name, value: 'variable' });
    expect(environment).toContainEqual({ name: `STP_SEARCH_${suffix}`, value: 'https://search' });
    expect(JSON.parse(String(synthesis.one('aws_sns_topic_subscription').filter_policy))).toEqual({
      [name]: ['wanted'],
    });
    const inputs = synthesis
      .all('aws_cloudwatch_event_target')
      .map(({ input, input_transformer: transformer }) => input ?? transformer);
    expect(inputs).toContain(JSON.stringify(one('given')));
    expect(inputs).toContainEqual(expect.objectContaining({ input_paths: one('$.time') }));
    expect(synthesis.section('provider')).toMatchObject({ aws: [{ default_tags: [{ tags: one('shared') }] }] });
    const { template_body: template } = synthesis.one('aws_cloudformation_stack');
    expect(JSON.parse(String(template)).Resources).toEqual({
      [name]: { Type: 'AWS::SNS::Topic', Properties: one('property') },
    });
  },
);
