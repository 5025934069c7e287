// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets

import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import { databasePassword } from '../../modules/resources/database-password';
import { AwsContext } from '../../modules/terraform/aws-context';
import { foreignStack, Synthesis } from '../synthesis';

const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/a';

function synthesize(text: string, kmsKeyArn?: string) {
  const stack = foreignStack();
  const aws = new AwsContext(stack, 'aws', { kmsKeyArn });
  const database = new Construct(stack, 'orders');
  const password = databasePassword(database, text, { stackName: 'reports', aws });
  new TerraformOutput(stack, 'value', { value: password.value });
  new TerraformOutput(stack, 'reference', { value: password.reference });
  const synthesis = new Synthesis(stack);
  const { value, reference } = synthesis.outputs;
  return { synthesis, value: value?.value, reference: reference?.value };
}

describe('a password in plain text', () => {
  const SECRET = '${aws_secretsmanager_secret.orders_PasswordSecret.arn}';

  it('becomes a secret of the stack, from which all read it', () => {
    const { synthesis, value, reference } = synthesize('hunter2hunter2');
    expect(synthesis.types).toEqual(['aws_secretsmanager_secret', 'aws_secretsmanager_secret_version']);
    expect(synthesis.one('aws_secretsmanager_secret')).toEqual({
      name: 'reports-orders-password',
      description: 'Password of orders of reports, from the config',
      recovery_window_in_days: 0,
    });
    expect(synthesis.one('aws_secretsmanager_secret_version')).toEqual({
      secret_id: SECRET,
      secret_string: 'hunter2hunter2',
    });
    expect(value).toBe('${aws_secretsmanager_secret_version.orders_PasswordValue.secret_string}');
    expect(reference).toEqual({ store: 'secret', valueFrom: SECRET, arn: SECRET });
  });

  it('is encrypted with the key of the stack, which its readers are told', () => {
    const { synthesis, reference } = synthesize('hunter2hunter2', KEY);
    expect(synthesis.one('aws_secretsmanager_secret')).toMatchObject({ kms_key_id: KEY });
    expect(reference).toMatchObject({ keyArn: KEY });
  });

  it('has no templates of Terraform in it', () => {
    const { synthesis } = synthesize('hunter${2}%{if}');
    expect(synthesis.one('aws_secretsmanager_secret_version')).toMatchObject({
      secret_string: 'hunter$${2}%%{if}',
    });
  });
});

it('a secret that is there already is read', () => {
  const { synthesis, value } = synthesize("$Secret('db.password')");
  expect(synthesis.types).toEqual([]);
  expect(value).toBe('${jsondecode(data.aws_secretsmanager_secret_version.orders_Password.secret_string).password}');
});

it('a wrong directive is no password', () => {
  expect(() => synthesize("$Secret('a' 'b')")).toThrow('orders: the password is a wrong directive');
});
