// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { ConnectionStrings } from '../../../modules/container/connection-strings/connection-strings';
import { StringsCode } from '../../../modules/container/connection-strings/strings-code';
import { AwsContext } from '../../../modules/terraform/aws-context';
import { document, foreignStack, permissions, Synthesis } from '../../synthesis';

const ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret';
const SECRET = '${aws_secretsmanager_secret.Strings_Secret.arn}';
const KEY = 'arn:aws:kms:eu-west-1:210987654321:key/1234abcd';
const password = (name: string) =>
  [`STP_${name}_PASSWORD`, { store: 'secret', valueFrom: `${ARN}:${name}:password::`, arn: `${ARN}:${name}` }] as const;

function synthesize(kmsKeyArn?: string) {
  const stack = foreignStack();
  const aws = new AwsContext(stack, 'aws', { kmsKeyArn });
  const strings = new ConnectionStrings(stack, 'Strings', {
    stackName: 'shop',
    jobName: 'import',
    aws,
    code: new StringsCode(stack, 'code'),
    variables: [{ name: 'URL', value: 'postgresql://a"b:$(STP_DB_PASSWORD)@db:5432/${x}' }],
    secrets: [password('DB'), password('OTHER')],
    undeliveredEvents: new SqsQueue(stack, 'queue'),
    retentionDays: 7,
    tags: { team: 'x' },
  });
  return { strings, synthesis: new Synthesis(stack) };
}

describe('ConnectionStrings', () => {
  it('makes', () => {
    const { types } = synthesize().synthesis;
    expect(types.filter((type) => type !== 'aws_sqs_queue')).toEqual([
      'aws_cloudwatch_log_group',
      'aws_iam_role',
      'aws_iam_role_policy',
      'aws_lambda_function',
      'aws_lambda_invocation', // during the deployment
      'aws_secretsmanager_secret', // without a value that Terraform knows
    ]);
  });

  it('makes a secret whose name is free again when it is gone', () => {
    expect(synthesize().synthesis.one('aws_secretsmanager_secret')).toEqual({
      name: 'shop-import-connection-strings',
      description: 'Connection strings of shop-import, written before each job',
      recovery_window_in_days: 0,
      tags: { team: 'x' },
    });
  });

  it('tells the function what to compose, without other secrets of the job', () => {
    const { environment, ...made } = synthesize().synthesis.one('aws_lambda_function');
    const { variables } = environment as { variables: { [name: string]: string } };
    expect(made).toMatchObject({ function_name: 'shop-import-strings', handler: 'index.handler', timeout: 120 });
    // Outside of a VPC, from where AWS Secrets Manager can be reached.
    expect(made).not.toHaveProperty('vpc_config');
    expect(variables.CONNECTION_STRINGS_SECRET).toBe(SECRET);
    expect(document(variables.CONNECTION_STRINGS?.replace('$${', '${'))).toEqual({
      variables: { URL: 'postgresql://a"b:$(STP_DB_PASSWORD)@db:5432/${x}' },
      secrets: { STP_DB_PASSWORD: `${ARN}:DB:password::` },
    });
  });

  it('may read these passwords, and read and write its own secret', () => {
    const CONDITION = {
      StringEquals: { 'kms:EncryptionContext:SecretARN': [`${ARN}:DB`] },
      StringLike: { 'kms:ViaService': 'secretsmanager.*' },
    };
    const own = ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'];
    expect(permissions(synthesize().synthesis, 'Role_Policy')).toEqual([
      { Sid: 'ReadSecrets', Effect: 'Allow', Action: ['secretsmanager:GetSecretValue'], Resource: [`${ARN}:DB`] },
      {
        Sid: 'DecryptSecrets',
        Effect: 'Allow',
        Action: ['kms:Decrypt'],
        Resource: ['arn:aws:kms:eu-west-1:123456789012:key/*'],
        Condition: CONDITION,
      },
      { Sid: 'KeepStrings', Effect: 'Allow', Action: own, Resource: [SECRET] },
      expect.objectContaining({ Sid: 'WriteLog' }),
    ]);
  });

  it('uses the key of the stack, which can be of another account', () => {
    const { strings, synthesis } = synthesize(KEY);
    expect(synthesis.one('aws_secretsmanager_secret').kms_key_id).toBe(KEY);
    expect(permissions(synthesis, 'Role_Policy')).toContainEqual({
      Sid: 'UseStackKey',
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: [KEY],
      Condition: { StringLike: { 'kms:ViaService': ['secretsmanager.*'] } },
    });
    expect(strings.references[0]?.[1].keyArn).toBe(KEY);
  });

  it('writes during a deployment, and again when what it composes changes', () => {
    const { synthesis } = synthesize();
    const { variables } = synthesis.one('aws_lambda_function').environment as { variables: { [name: string]: string } };
    expect(synthesis.one('aws_lambda_invocation')).toEqual({
      function_name: '${aws_lambda_function.Strings_Function.function_name}',
      input: '{}',
      triggers: { strings: variables.CONNECTION_STRINGS, secret: SECRET },
    });
  });

  it('refers to each variable by its key', () => {
    const { references } = synthesize().strings;
    expect(references.map(([name, { store, valueFrom }]) => [name, store, valueFrom])).toEqual([
      ['URL', 'secret', expect.stringMatching(/:URL::$/)],
    ]);
  });
});
