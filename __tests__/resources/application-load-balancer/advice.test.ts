import { plainHttpAdvice } from '../../../modules/resources/application-load-balancer/advice';

it('says that requests are not encrypted, unless the config says where it listens', () => {
  expect(plainHttpAdvice({})).toEqual({
    property: 'certificateArn',
    message: expect.stringMatching(/^without a certificate, it listens for HTTP on port 80, not encrypted/),
  });
  expect(plainHttpAdvice({ deletionProtection: false })).toBeDefined();
  expect(plainHttpAdvice({ certificateArn: 'arn' })).toBeUndefined();
  expect(plainHttpAdvice({ listeners: [{ port: 80, protocol: 'HTTP' }] })).toBeUndefined();
});
