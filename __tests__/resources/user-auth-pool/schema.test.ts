import { parse } from '../../../modules/config/parse';
import { userAuthPool, userPoolProperties } from '../../../modules/resources/user-auth-pool/schema';
import { problemsWith, tokens } from '../../stack-config/samples';

it('fills in the defaults: nobody can delete the users', () => {
  expect(parse(userPoolProperties, {}, 'test')).toEqual({
    userVerificationType: 'email-code',
    allowEmailAsUserName: true,
    allowPhoneNumberAsUserName: false,
    passwordPolicy: { minimumLength: 12 },
    deletionProtection: true,
  });
  expect(problemsWith(userAuthPool, { type: 'user-auth-pool' })).toEqual([]);
});

it.each([
  [{ userVerificationType: 'sms' }, 'properties.userVerificationType', 'use one of these'],
  [{ passwordPolicy: { minimumLength: 5 } }, 'properties.passwordPolicy.minimumLength', 'use 6'],
  [{ passwordPolicy: { minimumLength: 100 } }, 'properties.passwordPolicy.minimumLength', 'use 99'],
  [{ deletionProtection: 'yes' }, 'properties.deletionProtection', 'write true without quotes'],
])('%j is refused', (properties, path, fix) => {
  expect(problemsWith(userAuthPool, { type: 'user-auth-pool', properties })).toMatchObject([{ path, fix }]);
});

describe('an existing one', () => {
  const existing = (userPoolId: string, clientId = 'abc') =>
    problemsWith(userAuthPool, { type: 'user-auth-pool', existing: { userPoolId, clientId } });

  it('is named by its id and that of a client', () => {
    expect(existing('eu-west-1_a1B2c3D4e')).toEqual([]);
    expect(existing(tokens().TEXT, tokens().TEXT)).toEqual([]);
  });

  it.each([
    ['arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a1B2c3D4e', 'use eu-west-1_a1B2c3D4e'],
    ['users', 'copy the ID from the console'],
  ])('and not by %s', (userPoolId, fix) => {
    expect(existing(userPoolId)).toMatchObject([{ path: 'existing.userPoolId', fix }]);
  });

  it('and not without a client', () => {
    expect(existing('eu-west-1_a1B2c3D4e', '')).toMatchObject([{ path: 'existing.clientId' }]);
  });
});
