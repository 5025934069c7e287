import { changedSource, sampledType, sampleSource } from '../../../cli/model/sample-source';

it('the source of a sample event has its type', () => {
  expect(sampleSource('sqs')).toBe('sample of sqs');
  expect(sampledType(sampleSource('sqs'))).toBe('sqs');
});

it.each(['by hand', 'sample of ', 'changed sample of sqs', 'sample of sqs\nand more'])(
  '"%s" is no sample',
  (source) => {
    expect(sampledType(source)).toBeUndefined();
  },
);

it('an event that was changed twice is a changed one', () => {
  expect(changedSource('order.json')).toBe('changed order.json');
  expect(changedSource(changedSource('order.json'))).toBe('changed order.json');
});
