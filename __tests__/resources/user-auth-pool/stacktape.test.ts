import { STACKTAPE } from '../../../modules/resources/user-auth-pool/stacktape';

it.each<[{ readonly [property: string]: unknown }, string, unknown]>([
  [
    { idTokenValiditySeconds: 3600 },
    'idTokenValiditySeconds',
    { Client: { id_token_validity: 3600, token_validity_units: { id_token: 'seconds' } } },
  ],
  [
    { mfaConfiguration: { status: 'ON', enabledTypes: ['SOFTWARE_TOKEN'] } },
    'mfaConfiguration',
    { UserAuthPool: { mfa_configuration: 'ON', software_token_mfa_configuration: { enabled: true } } },
  ],
  [
    { mfaConfiguration: { status: 'ON', enabledTypes: ['SMS'] } },
    'mfaConfiguration',
    expect.stringContaining('not part of this project'),
  ],
  [
    { emailConfiguration: { from: 'a@example.com', sesAddressArn: 'arn:ses', replyToEmailAddress: 'b@example.com' } },
    'emailConfiguration',
    {
      UserAuthPool: {
        email_configuration: {
          email_sending_account: 'DEVELOPER',
          source_arn: 'arn:ses',
          from_email_address: 'a@example.com',
          reply_to_email_address: 'b@example.com',
        },
      },
    },
  ],
  [
    { passwordPolicy: { requireNumbers: true } },
    'passwordPolicy.requireNumbers',
    { UserAuthPool: { password_policy: { require_numbers: true } } },
  ],
  [
    { schema: [{ name: 'rank', attributeDataType: 'Number', numberMinValue: 1 }, { name: 'depot' }] },
    'schema',
    {
      UserAuthPool: {
        schema: [
          { name: 'rank', attribute_data_type: 'Number', number_attribute_constraints: { min_value: '1' } },
          { name: 'depot', attribute_data_type: 'String' },
        ],
      },
    },
  ],
  [{ schema: 'all' }, 'schema', { UserAuthPool: { schema: [] } }],
  [{ mfaConfiguration: {} }, 'mfaConfiguration', undefined],
])('%j', (properties, at, instead) => {
  const row = STACKTAPE.properties[at];
  const value = at.split('.').reduce<unknown>((within, key) => Object(within)[key], properties);
  expect(typeof row === 'function' ? row(value, properties) : row).toEqual(instead);
});
