import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { Construct } from 'constructs';
import { forget } from '../../modules/terraform/forget';
import { foreignStack, Synthesis } from '../synthesis';

const TYPE = 'aws_s3_bucket_ownership_controls';
const forgotten = (addresses: readonly string[]) => addresses.map((from) => ({ from, lifecycle: { destroy: false } }));

describe('forget', () => {
  it('names the address that the resource had, each once and in the same order', () => {
    const [one, other] = [foreignStack(), foreignStack()];
    for (const id of ['b', 'a']) forget(new Construct(one, id), TYPE, 'Ownership');
    for (const id of ['a', 'b']) forget(new Construct(other, id), TYPE, 'Ownership');
    const earlier = foreignStack();
    const { friendlyUniqueId } = new S3BucketOwnershipControls(new Construct(earlier, 'a'), 'Ownership', {
      bucket: 'a',
      rule: { objectOwnership: 'BucketOwnerEnforced' },
    });
    expect(friendlyUniqueId).toMatch(/^a_Ownership_/);
    expect(new Synthesis(one).section('removed')).toEqual(forgotten([`${TYPE}.a_Ownership`, `${TYPE}.b_Ownership`]));
    expect(new Synthesis(other).section('removed')).toEqual(new Synthesis(one).section('removed'));
    expect(Object.values(new Synthesis(earlier).byId(TYPE))).toHaveLength(1);
  });

  it('leaves the address to no other resource', () => {
    const stack = foreignStack();
    forget(stack, TYPE, 'Ownership');
    expect(() => new Construct(stack, 'Ownership')).toThrow(/already a Construct with name 'Ownership'/);
  });

  it('writes nothing into a stack that forgets nothing', () => {
    expect(new Synthesis(foreignStack()).section('removed')).toBeUndefined();
  });
});
