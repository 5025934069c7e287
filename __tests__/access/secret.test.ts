// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { Testing } from 'cdktf';
import { readStatements, secretReference } from '../../modules/access/secret';
import { BatchJob } from '../../modules/batch-job';
import { configProblems, jobProblems, SMALLEST_JOB } from '../config/samples';
import { foreignStack, job, jobsStack, permissions, Synthesis } from '../synthesis';

const aws = { arn: (service: string, resource: string) => `arn:aws:${service}:eu-west-1:123456789012:${resource}` };

describe('a secret by its name', () => {
  it('is read whole or one key of it, and found by IAM with what Secrets Manager appends', () => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:app/db';
    expect(secretReference(aws, { name: 'app/db' })).toEqual({ valueFrom: arn, resource: `${arn}-??????` });
    expect(secretReference(aws, { name: 'app/db', key: 'password' })).toEqual({
      valueFrom: `${arn}:password::`,
      resource: `${arn}-??????`,
    });
  });

  it('is named once in a policy, and none without secrets', () => {
    const [password, user] = ['password', 'user'].map((key) => secretReference(aws, { name: 'db', key }));
    const other = secretReference(aws, { name: 'a' });
    expect(readStatements([password, user, other].flatMap((secret) => secret ?? []))).toEqual([
      {
        Sid: 'ReadSecrets',
        Action: ['secretsmanager:GetSecretValue'],
        Resource: ['db', 'a'].map((name) => `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${name}-??????`),
      },
    ]);
    expect(readStatements([])).toEqual([]);
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
  const arn =
    'arn:${data.aws_partition.batch-platform_aws_Partition.partition}:secretsmanager:${data.aws_region.batch-platform_aws_Region.id}:${data.aws_caller_identity.batch-platform_aws_Account.account_id}:secret:';

  it('is a secret of the container, and no variable', () => {
    expect(properties.environment).toContainEqual({ name: 'MODE', value: 'fast' });
    expect(JSON.stringify(properties.environment)).not.toMatch(/DB_PASSWORD|API_KEY/);
    expect(properties.secrets).toEqual([
      { name: 'API_KEY', valueFrom: `${arn}api` },
      { name: 'DB_PASSWORD', valueFrom: `${arn}db:password::` },
    ]);
    expect(Testing.synth(stack)).not.toContain('$Secret');
  });

  it('may be read by the role that starts this container, and by nobody else', () => {
    const reading = Object.entries(synthesis.policies).flatMap(([place, { Statement }]) =>
      Statement.filter(({ Action }) => JSON.stringify(Action).includes('secretsmanager')).map(
        ({ Resource }) => [place, Resource] as const,
      ),
    );
    expect(reading).toEqual([
      ['aws_iam_role_policy.nightly_ExecutionRole_Policy.policy', [`${arn}api-??????`, `${arn}db-??????`]],
    ]);
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
      'give the secret a variable of its own, and let the job put the parts together',
    ],
    [
      'that would read them all',
      "$Secret('*')",
      'write the names in quotes, separated by a comma, and nothing after the bracket',
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

  it('is refused at the construct too, if it is malformed', () => {
    const container = { ...job().container, environment: { KEY: '$Secret(api)' } };
    expect(() => new BatchJob(foreignStack(), 'nightly', { ...job(), events: [], connectTo: [], container })).toThrow(
      /container\.environment\.KEY/,
    );
  });

  it('is refused where it would be written down: a command, a function’s environment', () => {
    const secret = "$Secret('db.password')";
    const packaging = { type: 'prebuilt-image', properties: { image: 'busybox:1.37', command: ['echo', secret] } };
    const hello = {
      type: 'function',
      properties: {
        packaging: { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'hello.ts' } },
        environment: { KEY: secret },
      },
    };
    const resources = { hello, job: { type: 'batch-job', properties: { ...SMALLEST_JOB, container: { packaging } } } };
    expect(configProblems({ stackName: 'reports', resources })).toEqual([
      expect.objectContaining({
        path: 'resources.hello.properties.environment.KEY',
        fix: 'read the secret where it is needed: here it would stand in plain text',
      }),
      expect.objectContaining({
        path: 'resources.job.properties.container.packaging.properties.command[1]',
        accepted: expect.stringContaining("a job's environment"),
      }),
    ]);
  });
});
