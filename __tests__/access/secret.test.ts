// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets

import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { Testing } from 'cdktf';
import { readStatements, type SecretReference, secretSource } from '../../modules/access/secret';
import { BatchJob } from '../../modules/batch-job';
import { secret } from '../../modules/config/directive';
import { shortHash } from '../../modules/rules/naming';
import { AwsContext } from '../../modules/terraform/aws-context';
import { resolved } from '../../modules/terraform/resolved';
import { configProblems, jobProblems, SMALLEST_JOB } from '../stack-config/samples';
import { foreignStack, job, jobsStack, permissions, Synthesis } from '../synthesis';

const ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:team/my-secret-AbCdEf';
const LOOKED_UP = (name: string) => `\${data.aws_secretsmanager_secret.aws_Secret-${shortHash(name)}.arn}`;
const KEYS =
  'arn:${data.aws_partition.aws_Partition.partition}:kms:${data.aws_region.aws_Region.id}:${data.aws_caller_identity.aws_Account.account_id}:key/*';

function context() {
  const stack = foreignStack();
  const aws = new AwsContext(stack, 'aws');
  const inTerraform = <T>(value: T): T =>
    value && JSON.parse(JSON.stringify(resolved(stack, value)).replace(/_[0-9A-F]{8}(?=\.)/g, ''));
  const source = (text: string) => inTerraform(secretSource(aws, text));
  return { stack, aws, source, inTerraform };
}

describe('the source of a secret', () => {
  it.each([
    ["$Secret('my-secret')", ''],
    ["$Secret('my-secret.key')", ':key::'],
    ["$Secret('my-secret:key')", ':key::'],
    ["$Secret('my-secret:key:AWSPREVIOUS')", ':key:AWSPREVIOUS:'],
    ["$Secret('my-secret::AWSPREVIOUS')", '::AWSPREVIOUS:'],
    ["$Secret('my-secret:key::01234567-89ab-cdef-0123-456789abcdef')", ':key::01234567-89ab-cdef-0123-456789abcdef'],
  ])('%s is looked up by its name, which an ARN made of it could be taken apart otherwise', (text, end) => {
    const { stack, source } = context();
    const arn = LOOKED_UP('my-secret');
    expect(source(text)).toEqual({ store: 'secret', valueFrom: `${arn}${end}`, arn });
    expect(new Synthesis(stack).one('data.aws_secretsmanager_secret')).toEqual({ name: 'my-secret' });
  });

  it.each([
    [`$Secret('${ARN}')`, ''],
    [`$Secret('${ARN}:key')`, ':key::'],
    [`$Secret('${ARN}:key:AWSPREVIOUS:')`, ':key:AWSPREVIOUS:'],
  ])('%s is taken as it is, of whichever account', (text, end) => {
    const { stack, source } = context();
    expect(source(text)).toEqual({ store: 'secret', valueFrom: `${ARN}${end}`, arn: ARN });
    expect(new Synthesis(stack).byId('data.aws_secretsmanager_secret')).toEqual({});
  });

  it('is an ARN that only Terraform knows', () => {
    const { stack, source } = context();
    const { arn } = new SecretsmanagerSecret(stack, 'own', { name: 'own' });
    const reference = '${aws_secretsmanager_secret.own.arn}';
    expect(source(secret(arn))).toEqual({ store: 'secret', valueFrom: reference, arn: reference });
    expect(source(secret(arn, { key: 'k' }))).toEqual({
      store: 'secret',
      valueFrom: `${reference}:k::`,
      arn: reference,
    });
  });

  it('is looked up once, whoever asks', () => {
    const { stack, source } = context();
    for (const text of ["$Secret('db.user')", "$Secret('db.password')", "$Secret('db')"]) source(text);
    expect(Object.keys(new Synthesis(stack).byId('data.aws_secretsmanager_secret'))).toHaveLength(1);
  });

  const SSM = 'arn:${data.aws_partition.aws_Partition.partition}:ssm:${data.aws_region.aws_Region.id}:';
  const OWN = `${SSM}\${data.aws_caller_identity.aws_Account.account_id}:parameter`;
  it.each([
    ["$Parameter('/shop/api-key')", `${OWN}/shop/api-key`],
    ["$Parameter('api.key')", `${OWN}/api.key`],
    ["$Parameter('/aws/service/ecs/x')", `${SSM}:parameter/aws/service/ecs/x`],
    [
      "$Parameter('arn:aws:ssm:eu-west-1:210987654321:parameter/shared/key')",
      'arn:aws:ssm:eu-west-1:210987654321:parameter/shared/key',
    ],
  ])('%s has the ARN that its name says', (text, arn) => {
    expect(context().source(text)).toEqual({ store: 'parameter', valueFrom: arn, arn });
  });

  it('is none in any other string', () => {
    expect(context().source('plain')).toBeUndefined();
  });
});

describe('leave to read', () => {
  it('is for these secrets, named once, and for what they are encrypted with', () => {
    const { aws, inTerraform } = context();
    const references = ["$Secret('db.user')", "$Secret('db.password')", `$Secret('${ARN}')`].map(
      (text) => secretSource(aws, text) as SecretReference,
    );
    const arns = [LOOKED_UP('db'), ARN];
    expect(inTerraform(readStatements(aws, references))).toEqual([
      { Sid: 'ReadSecrets', Action: ['secretsmanager:GetSecretValue'], Resource: arns },
      {
        Sid: 'DecryptSecrets',
        Action: ['kms:Decrypt'],
        Resource: [KEYS, 'arn:aws:kms:eu-west-1:123456789012:key/*'],
        Condition: {
          StringEquals: { 'kms:EncryptionContext:SecretARN': arns },
          StringLike: { 'kms:ViaService': 'secretsmanager.*' },
        },
      },
    ]);
  });

  it('is for these parameters', () => {
    const { aws, inTerraform } = context();
    const shared = 'arn:aws:ssm:eu-west-1:210987654321:parameter/a';
    const reference = secretSource(aws, `$Parameter('${shared}')`) as SecretReference;
    expect(inTerraform(readStatements(aws, [reference]))).toEqual([
      { Sid: 'ReadParameters', Action: ['ssm:GetParameters'], Resource: [shared] },
      {
        Sid: 'DecryptParameters',
        Action: ['kms:Decrypt'],
        Resource: ['arn:aws:kms:eu-west-1:210987654321:key/*'],
        Condition: {
          StringEquals: { 'kms:EncryptionContext:PARAMETER_ARN': [shared] },
          StringLike: { 'kms:ViaService': 'ssm.*' },
        },
      },
    ]);
  });

  it('is none without secrets', () => {
    expect(readStatements(context().aws, [])).toEqual([]);
  });
});

describe('a secret that CloudFormation makes', () => {
  it('is looked up when it has, and every other one at once', () => {
    const stack = jobsStack(
      {
        nightly: job({
          container: { ...job().container, environment: { A: "$Secret('made.key')", B: "$Secret('there')" } },
        }),
      },
      {
        cloudformationResources: {
          made: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'made', GenerateSecretString: {} } },
          nameless: { Type: 'AWS::SecretsManager::Secret' },
        },
      },
    );
    expect(new Synthesis(stack).all('data.aws_secretsmanager_secret')).toEqual(
      expect.arrayContaining([
        { name: 'made', depends_on: [expect.stringMatching(/^aws_cloudformation_stack\./)] },
        { name: 'there' },
      ]),
    );
  });
});

describe('$Secret in the environment of a job', () => {
  const environment = { MODE: 'fast', DB_PASSWORD: "$Secret('db.password')", API_KEY: '$Secret("api")' };
  const stack = jobsStack({
    nightly: job({ container: { ...job().container, environment } }),
    other: job(),
  });
  const synthesis = new Synthesis(stack);
  const properties = JSON.parse(
    String(synthesis.one('aws_batch_job_definition', 'nightly_JobDefinition').container_properties),
  );
  const arn = (name: string) => `\${data.aws_secretsmanager_secret.batch-platform_aws_Secret-${shortHash(name)}.arn}`;

  it('is a secret of the container, and no variable', () => {
    expect(properties.environment).toContainEqual({ name: 'MODE', value: 'fast' });
    expect(JSON.stringify(properties.environment)).not.toMatch(/DB_PASSWORD|API_KEY/);
    expect(properties.secrets).toEqual([
      { name: 'API_KEY', valueFrom: arn('api') },
      { name: 'DB_PASSWORD', valueFrom: `${arn('db')}:password::` },
    ]);
    expect(Testing.synth(stack)).not.toContain('$Secret');
  });

  it('can be read only by the role that starts this container', () => {
    const reading = Object.entries(synthesis.policies).flatMap(([place, { Statement }]) =>
      Statement.filter(({ Action }) => JSON.stringify(Action).includes('secretsmanager')).map(
        ({ Resource }) => [place, Resource] as const,
      ),
    );
    expect(reading).toEqual([['aws_iam_role_policy.nightly_ExecutionRole_Policy.policy', [arn('api'), arn('db')]]]);
    expect(permissions(synthesis, 'other_ExecutionRole_Policy').map(({ Sid }) => Sid)).not.toContain('ReadSecrets');
  });

  it('is nothing in a job without one', () => {
    const other = synthesis.one('aws_batch_job_definition', 'other_JobDefinition').container_properties;
    expect(JSON.parse(String(other))).not.toHaveProperty('secrets');
  });

  it.each([
    [
      'beside other text',
      "postgres://me:$Secret('db.password')@db/x",
      'set a separate variable to the secret, and combine the values in the code',
    ],
    [
      'for a parameter beside other text',
      "key=$Parameter('/a')",
      'set a separate variable to the secret, and combine the values in the code',
    ],
    [
      'that could be two',
      "$Secret('my.app.secret.key')",
      `write $Secret('my.app.secret:key') for the key "key" of "my.app.secret", or $Secret('my.app.secret.key:') for the whole secret of that name`,
    ],
    [
      'whose ARN is not whole',
      "$Secret('arn:aws:secretsmanager:eu-west-1:123456789012:secret:team/db')",
      'copy the full ARN, which ends in a hyphen and six random characters, or write the name',
    ],
    [
      'that names a stage and a version',
      "$Secret('db:key:AWSCURRENT:01234567-89ab-cdef-0123-456789abcdef')",
      'remove the stage or the version ID: a container accepts only one of them',
    ],
    [
      'of the wrong store',
      "$Secret('arn:aws:ssm:eu-west-1:123456789012:parameter/a')",
      "write $Parameter('arn:aws:ssm:eu-west-1:123456789012:parameter/a')",
    ],
    ['of the other wrong store', `$Parameter('${ARN}')`, `write $Secret('${ARN}')`],
    [
      'whose path begins without a slash',
      "$Parameter('shop/key')",
      "write $Parameter('/shop/key'): a name with a path starts with a slash",
    ],
    ['of a version', "$Parameter('/shop/key:3')", 'remove the version or label: a container gets the newest version'],
    [
      'that would read them all',
      "$Secret('*')",
      'write the names in quotes, separated by commas, and nothing after the closing parenthesis',
    ],
  ])('is refused %s', (_, value, fix) => {
    const { container } = SMALLEST_JOB;
    expect(jobProblems({ container: { ...container, environment: { URL: value } } })).toEqual([
      expect.objectContaining({ path: 'container.environment.URL', fix }),
    ]);
    expect(
      jobProblems({ container: { ...container, environment: [{ name: 'URL', value }] } }).map(({ path }) => path),
    ).toEqual(['container.environment[0].value']);
  });

  it.each(['$Secret(api)', "$Secret('a.b.c')", '$Parameter(x)'])(
    'is refused at the construct too, if it is malformed: %s',
    (KEY) => {
      const container = { ...job().container, environment: { KEY } };
      expect(
        () =>
          new BatchJob(foreignStack(), 'nightly', {
            ...job(),
            events: [],
            connectTo: [],
            volumes: [],
            notifications: {},
            alarms: {},
            container,
          }),
      ).toThrow(/container\.environment\.KEY/);
    },
  );

  it.each([
    ['endpoints', ["store it in AWS Secrets Manager, or set vpc.egress to 'nat'"]],
    ['nat', []],
  ])('is no parameter that instances cannot reach: egress %s', (egress, fixes) => {
    const { container } = SMALLEST_JOB;
    const image = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/job:1';
    const packaging = { type: 'prebuilt-image', properties: { image } };
    const environment = { KEY: "$Parameter('/a')", OTHER: "$Secret('a')" };
    const properties = { ...SMALLEST_JOB, container: { ...container, packaging, environment } };
    const resources = { job: { type: 'batch-job', properties } };
    const problems = configProblems({ stackName: 'reports', vpc: { privateSubnets: true, egress }, resources });
    expect(problems.map(({ fix }) => fix)).toEqual(fixes);
  });

  it('is refused where it would be written down: a command, a function’s tags', () => {
    const secret = "$Secret('db.password')";
    const packaging = { type: 'prebuilt-image', properties: { image: 'busybox:1.37', command: ['echo', secret] } };
    const hello = {
      type: 'function',
      properties: {
        packaging: { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'hello.ts' } },
        tags: { KEY: secret },
      },
    };
    const resources = { hello, job: { type: 'batch-job', properties: { ...SMALLEST_JOB, container: { packaging } } } };
    expect(configProblems({ stackName: 'reports', resources })).toEqual([
      expect.objectContaining({
        path: 'resources.hello.properties.tags.KEY',
        fix: 'read the secret where it is needed: here it would be in plain text',
      }),
      expect.objectContaining({
        path: 'resources.job.properties.container.packaging.properties.command[1]',
        accepted: expect.stringContaining("a job's or function's environment"),
      }),
    ]);
  });
});
