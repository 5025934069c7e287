import { DataAwsRegion } from '@cdktf/provider-aws/lib/data-aws-region';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import { sharedAddresses } from '../../modules/terraform/unique-addresses';
import { foreignStack } from '../synthesis';

describe('sharedAddresses', () => {
  it('is empty for a stack whose elements are all apart', () => {
    const stack = foreignStack();
    new SqsQueue(stack, 'a', {});
    new SqsQueue(stack, 'b', {});
    // The same id for another type, for a data source, and in another scope, is another address.
    new DataAwsRegion(new Construct(stack, 'inner'), 'a', {});
    new SqsQueue(new Construct(stack, 'other'), 'a', {});
    new TerraformOutput(stack, 'output', { value: 1 }).overrideLogicalId('a');
    expect(sharedAddresses(stack)).toEqual([]);
  });

  it('names two resources whose ids CDKTF makes one', () => {
    const stack = foreignStack();
    new SqsQueue(stack, 'A.B', {});
    new SqsQueue(stack, 'AB', {});
    expect(sharedAddresses(stack)).toEqual([
      'stack/A.B and stack/AB share the Terraform address aws_sqs_queue.AB: rename one of them',
    ]);
  });

  it('names data sources and outputs too', () => {
    const stack = foreignStack();
    new DataAwsRegion(stack, 'A.B');
    new DataAwsRegion(stack, 'AB');
    new TerraformOutput(stack, 'one', { value: 1 }).overrideLogicalId('x');
    new TerraformOutput(stack, 'two', { value: 2 }).overrideLogicalId('x');
    expect(sharedAddresses(stack)).toEqual([
      expect.stringContaining('data.aws_region.AB'),
      expect.stringContaining('stack/one and stack/two share the Terraform address output.x'),
    ]);
  });
});
