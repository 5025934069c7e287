// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { TerraformVariable } from 'cdktf';
import { UserPool, type UserPoolProps } from '../../../modules/resources/user-auth-pool/construct';
import { AwsContext } from '../../../modules/terraform/aws-context';
import { resolved } from '../../../modules/terraform/resolved';
import { foreignStack, Synthesis } from '../../synthesis';

function synthesize(props: Partial<UserPoolProps> = {}) {
  const stack = foreignStack();
  const pool = new UserPool(stack, 'pool', { stackName: 'reports', aws: new AwsContext(stack, 'aws'), ...props });
  return { stack, pool, synthesis: new Synthesis(stack) };
}

describe('UserPool', () => {
  it('makes', () => {
    expect(synthesize().synthesis.types).toEqual([
      'aws_cognito_user_pool', // the users
      'aws_cognito_user_pool_client', // for their sign-in
    ]);
  });

  it('names every problem of its properties', () => {
    const properties = { passwordPolicy: { minimumLength: 1 } };
    expect(() => synthesize({ properties })).toThrow(/^stack\/pool: 1 problem[\s\S]*passwordPolicy\.minimumLength/);
  });

  it('keeps its users, proves their addresses, and lets nobody sign up', () => {
    expect(synthesize().synthesis.one('aws_cognito_user_pool')).toEqual({
      name: 'reports-pool',
      username_attributes: ['email'],
      username_configuration: { case_sensitive: false },
      deletion_protection: 'ACTIVE',
      admin_create_user_config: { allow_admin_create_user_only: true },
      password_policy: {
        minimum_length: 12,
        require_lowercase: true,
        require_uppercase: true,
        require_numbers: true,
        require_symbols: true,
        temporary_password_validity_days: 7,
      },
      auto_verified_attributes: ['email'],
      verification_message_template: { default_email_option: 'CONFIRM_WITH_CODE' },
      user_attribute_update_settings: { attributes_require_verification_before_update: ['email'] },
      account_recovery_setting: { recovery_mechanism: [{ name: 'verified_email', priority: 1 }] },
    });
  });

  it.each([
    [{ allowPhoneNumberAsUserName: true }, ['email', 'phone_number']],
    [{ allowPhoneNumberAsUserName: true, allowEmailAsUserName: false }, ['phone_number']],
    [{ allowEmailAsUserName: false }, undefined],
    [{ allowEmailAsUserName: true, allowPhoneNumberAsUserName: false }, ['email']],
  ])('with %j users sign in with %j', (properties, names) => {
    expect(synthesize({ properties }).synthesis.one('aws_cognito_user_pool').username_attributes).toEqual(names);
  });

  it('has a client without a secret, which cannot find out who has an account', () => {
    expect(synthesize().synthesis.one('aws_cognito_user_pool_client')).toEqual({
      name: 'reports-pool',
      user_pool_id: '${aws_cognito_user_pool.pool.id}',
      generate_secret: false,
      explicit_auth_flows: [
        'ALLOW_ADMIN_USER_PASSWORD_AUTH',
        'ALLOW_CUSTOM_AUTH',
        'ALLOW_REFRESH_TOKEN_AUTH',
        'ALLOW_USER_PASSWORD_AUTH',
        'ALLOW_USER_SRP_AUTH',
      ],
      prevent_user_existence_errors: 'ENABLED',
      enable_token_revocation: true,
    });
  });

  it('proves addresses by a link, for which it needs a domain', () => {
    const { synthesis, pool } = synthesize({ properties: { userVerificationType: 'email-link' } });
    expect(synthesis.types).toEqual([
      'aws_cognito_user_pool',
      'aws_cognito_user_pool_client',
      'aws_cognito_user_pool_domain', // where the link leads
    ]);
    expect(synthesis.one('aws_cognito_user_pool').verification_message_template).toEqual({
      default_email_option: 'CONFIRM_WITH_LINK',
    });
    const { domain } = synthesis.one('aws_cognito_user_pool_domain');
    expect(domain).toMatch(/^users-[0-9a-f]{12}-\$\{data\.aws_caller_identity\.aws_Account\.account_id\}$/);
    expect(pool.domain).toBeDefined();
  });

  it('gives no account back over an address that nobody proved', () => {
    const pool = synthesize({ properties: { userVerificationType: 'none' } }).synthesis.one('aws_cognito_user_pool');
    expect(pool.account_recovery_setting).toEqual({ recovery_mechanism: [{ name: 'admin_only', priority: 1 }] });
    expect(pool).not.toHaveProperty('auto_verified_attributes');
    expect(pool).not.toHaveProperty('verification_message_template');
    expect(pool).not.toHaveProperty('user_attribute_update_settings');
  });

  it('does as asked', () => {
    const properties = {
      allowOnlyAdminsToCreateAccount: false,
      deletionProtection: false,
      passwordPolicy: { minimumLength: 20 },
    };
    expect(synthesize({ properties }).synthesis.one('aws_cognito_user_pool')).toMatchObject({
      deletion_protection: 'INACTIVE',
      admin_create_user_config: { allow_admin_create_user_only: false },
      password_policy: { minimum_length: 20 },
    });
  });

  it('says its ids and who issues its tokens', () => {
    const { stack, pool } = synthesize();
    expect(resolved(stack, pool.params)).toEqual({
      id: expect.stringMatching(/^\$\{aws_cognito_user_pool\.\w+\.id\}$/),
      clientId: expect.stringMatching(/^\$\{aws_cognito_user_pool_client\.\w+\.id\}$/),
      arn: expect.stringMatching(/^\$\{aws_cognito_user_pool\.\w+\.arn\}$/),
      providerUrl: expect.stringMatching(/^https:\/\/\$\{aws_cognito_user_pool\.\w+\.endpoint\}$/),
    });
  });

  describe('that exists', () => {
    const ARN = /^arn:\$\{[^}]+\.partition\}:cognito-idp:us-east-1:\$\{[^}]+\.account_id\}:userpool\/us-east-1_aB3$/;

    it('is of the region in its id, and nothing of it is changed', () => {
      const { stack, pool, synthesis } = synthesize({ existing: { userPoolId: 'us-east-1_aB3', clientId: 'client' } });
      expect(synthesis.types).toEqual([]);
      expect(resolved(stack, pool.params)).toEqual({
        id: 'us-east-1_aB3',
        clientId: 'client',
        arn: expect.stringMatching(ARN),
        providerUrl: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_aB3',
      });
    });

    it('in China has another address', () => {
      const { pool } = synthesize({ existing: { userPoolId: 'cn-north-1_aB3', clientId: 'client' } });
      expect(pool.providerUrl).toBe('https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_aB3');
    });

    it('and whose id Terraform alone knows is of the stack’s region', () => {
      const stack = foreignStack();
      const userPoolId = new TerraformVariable(stack, 'id', {}).stringValue;
      const aws = new AwsContext(stack, 'aws');
      const pool = new UserPool(stack, 'pool', { stackName: 'reports', aws, existing: { userPoolId, clientId: 'c' } });
      expect(resolved(stack, pool.providerUrl)).toMatch(
        /^https:\/\/cognito-idp\.\$\{data\.aws_region\.\w+\.id\}\.amazonaws\.com\/\$\{var\.id\}$/,
      );
    });
  });
});
