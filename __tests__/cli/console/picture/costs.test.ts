import { costsOf } from '../../../../cli/console/picture/costs';

type Item = Parameters<typeof costsOf>[0][number];

const gateway = { vpc_endpoint_type: 'Gateway' };
const inZone = { vpc_endpoint_type: 'Interface', subnet_ids: ['a'] };
const endpoints = (...blocks: object[]) =>
  costsOf(blocks.map((block) => ({ type: 'aws_vpc_endpoint', block }) as Item));

describe('what endpoints cost', () => {
  it.each([
    ['one gateway', [gateway], ['The endpoint of Amazon S3 is free.']],
    ['two', [gateway, gateway], ['The endpoints of Amazon S3 and Amazon DynamoDB are free.']],
    [
      'one of secrets',
      [gateway, inZone],
      [
        'The endpoint of AWS Secrets Manager costs $0.01 per hour (about $7 per month), also while no job runs.',
        'Traffic through it costs $0.01 per GB.',
      ],
    ],
    [
      'several',
      [gateway, inZone, inZone],
      [
        'The 2 endpoints cost $0.02 per hour (about $15 per month), also while no job runs.',
        'Traffic through them costs $0.01 per GB.',
      ],
    ],
  ])('of %s', (_, blocks, sentences) => {
    expect(endpoints(...blocks)).toEqual(expect.arrayContaining(sentences));
    expect(endpoints(...blocks).filter((text) => text.includes('ndpoint'))).toHaveLength(1);
  });
});
