// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets

import { ExistingResource } from '../../../modules/resources/existing/construct';
import { existingResource } from '../../../modules/resources/existing/schema';
import { configProblems, problemsWith, SMALLEST_JOB } from '../../stack-config/samples';
import { job, jobsStack, permissions, Synthesis } from '../../synthesis';
import { withContext } from '../context';

const search = {
  variables: { url: 'https://search.example.com', indexName: "$ResourceParam('photos', 'name')" },
  secrets: { apiKey: "$Secret('search.key')" },
  iamRoleStatements: [
    { Action: ['es:ESHttpGet'], Resource: ['arn:aws:es:eu-west-1:123456789012:domain/search/*'] },
    { Sid: 'Write', Action: ['es:ESHttpPost'], Resource: ['arn:aws:es:eu-west-1:123456789012:domain/search/*'] },
  ],
  securityGroup: { id: 'sg-0123456789abcdef0', port: 443 },
};

describe('something that is there already', () => {
  const synthesis = new Synthesis(
    jobsStack(
      {},
      {
        vpc: { vpcId: 'vpc-1', subnetIds: ['subnet-1'] },
        resources: {
          photos: { type: 'bucket' },
          search: { type: 'existing', properties: search },
          index: { type: 'batch-job', properties: job({ connectTo: ['search'] }) },
          other: { type: 'batch-job', properties: job() },
        },
      },
    ),
  );

  it('gives whoever connects what it says', () => {
    const properties = synthesis.one('aws_batch_job_definition', 'index_JobDefinition').container_properties;
    expect(JSON.parse(String(properties))).toMatchObject({
      environment: [
        { name: 'AWS_DEFAULT_REGION', value: '${data.aws_region.batch-platform_aws_Region.id}' },
        { name: 'AWS_REGION', value: '${data.aws_region.batch-platform_aws_Region.id}' },
        { name: 'STP_SEARCH_INDEX_NAME', value: '${aws_s3_bucket.photos.bucket}' },
        { name: 'STP_SEARCH_URL', value: 'https://search.example.com' },
      ],
      secrets: [
        {
          name: 'STP_SEARCH_API_KEY',
          valueFrom: expect.stringMatching(/^\$\{data\.aws_secretsmanager_secret\..*\.arn\}:key::$/),
        },
      ],
    });
    expect(permissions(synthesis, 'index_JobRole_Policy').map(({ Sid, Action }) => [Sid, Action])).toEqual([
      ['ReadLargeEvents', expect.anything()],
      ['ConnectToSearchStatement1', ['es:ESHttpGet']],
      ['ConnectToSearchWrite', ['es:ESHttpPost']],
    ]);
    expect(permissions(synthesis, 'other_JobRole_Policy')).toHaveLength(1);
  });

  it('lets in the capacity of whoever connects', () => {
    expect(synthesis.all('aws_batch_compute_environment')).toHaveLength(2);
    expect(synthesis.one('aws_vpc_security_group_ingress_rule')).toMatchObject({
      security_group_id: 'sg-0123456789abcdef0',
      from_port: 443,
      to_port: 443,
      ip_protocol: 'tcp',
    });
  });

  it('is not made', () => {
    const nothing = withContext((stack, given) => new ExistingResource(stack, 'search', { ...given, properties: {} }));
    expect(nothing.types).toEqual([]);
  });

  it('is refused with a secret in plain text, a parameter told twice, and an action that is none', () => {
    const problems = problemsWith(existingResource, {
      type: 'existing',
      properties: {
        variables: { url: 'x', 'a-b': 'y' },
        secrets: { url: 'hunter2' },
        iamRoleStatements: [{ Resource: ['*'] }],
        securityGroup: { id: 'sg-0123456789', port: 0 },
      },
    });
    expect(problems.map(({ path, fix }) => [path, fix])).toEqual([
      ['properties.variables.a-b', 'use a name such as apiUrl: it becomes STP_<RESOURCE>_API_URL'],
      ['properties.secrets.url', "store it in AWS Secrets Manager, and write $Secret('<name>') here"],
      ['properties.secrets.url', 'rename or remove one of them'],
      ['properties.iamRoleStatements[0].Action', 'add it: it is required'],
      ['properties.securityGroup.id', 'copy the ID from the console'],
      ['properties.securityGroup.port', 'use 1'],
    ]);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });
});

describe('a function', () => {
  const packaging = { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'hello.ts' } } as const;
  const problems = (properties: object) =>
    configProblems({
      stackName: 'reports',
      vpc: { vpcId: 'vpc-1', subnetIds: ['subnet-1'] },
      resources: {
        search: { type: 'existing', properties },
        hello: { type: 'function', properties: { packaging, connectTo: ['search'] } },
        job: { type: 'batch-job', properties: { ...SMALLEST_JOB, connectTo: ['search'] } },
      },
    });

  it('takes variables, permissions and secrets of it, and is in the network for its security group', () => {
    const { variables, iamRoleStatements, secrets, securityGroup } = search;
    const plain = { variables: { url: variables.url }, iamRoleStatements };
    for (const properties of [plain, { ...plain, secrets }, { ...plain, securityGroup }]) {
      expect(problems(properties)).toEqual([]);
    }
  });
});
