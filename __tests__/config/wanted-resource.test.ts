import { wantedParams } from '../../modules/config/wanted-resource';

it.each([
  [{ bucket: 'arn' }, 'the arn of a bucket'],
  [
    { 'batch-job': 'stateMachineArn', 'state-machine': 'arn' },
    'the stateMachineArn of a batch-job or the arn of a state-machine',
  ],
  [{}, 'an ARN that no resource of this config has'],
])('%j', (params, text) => {
  expect(wantedParams(params)).toBe(text);
});
