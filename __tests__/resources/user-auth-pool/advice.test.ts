import { signUpAdvice } from '../../../modules/resources/user-auth-pool/advice';

it('says that nobody can sign up, unless the config says who can', () => {
  expect(signUpAdvice({})).toEqual({
    property: 'allowOnlyAdminsToCreateAccount',
    message: expect.stringMatching(/^nobody can sign up without an administrator/),
  });
  expect(signUpAdvice({ userVerificationType: 'email-code' })).toBeDefined();
  expect(signUpAdvice({ allowOnlyAdminsToCreateAccount: true })).toBeUndefined();
  expect(signUpAdvice({ allowOnlyAdminsToCreateAccount: false })).toBeUndefined();
});
