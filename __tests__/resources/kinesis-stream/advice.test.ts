import { shardsAdvice } from '../../../modules/resources/kinesis-stream/advice';

it('says what a number of shards alone means, unless the config says it', () => {
  expect(shardsAdvice({ shardCount: 2 })).toEqual({
    property: 'shardCount',
    message: expect.stringMatching(/^it makes the capacity provisioned/),
  });
  expect(shardsAdvice({})).toBeUndefined();
  expect(shardsAdvice({ capacityMode: 'PROVISIONED' })).toBeUndefined();
  expect(shardsAdvice({ capacityMode: 'PROVISIONED', shardCount: 2 })).toBeUndefined();
});
