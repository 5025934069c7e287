import { description, nameTag } from '../../modules/rules/descriptions';

it('leaves a description that fits as it is', () => {
  expect(description('lambdaFunction', 'x'.repeat(256))).toBe('x'.repeat(256));
});

it.each([
  ['lambdaFunction', 256],
  ['securityGroupRule', 255],
  ['codebuildProject', 255],
  ['eventRule', 512],
  ['replicationGroup', 255],
] as const)('cuts a description that %s does not take', (service, limit) => {
  expect(description(service, 'x'.repeat(limit + 1))).toBe(`${'x'.repeat(limit - 3)}...`);
});

it('keeps a name tag within 256 characters', () => {
  expect(nameTag('reports', 'orders')).toEqual({ Name: 'reports-orders' });
  expect(nameTag('x'.repeat(128), 'y'.repeat(200)).Name).toHaveLength(256);
});
