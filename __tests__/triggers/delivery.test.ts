import { contentOf, recordDelivery, recordsOf } from '../../triggers/delivery';

describe('the records of an event', () => {
  it.each([
    ['eventSource', 'aws:sqs'],
    ['EventSource', 'aws:sns'],
  ])('are those of a source that %s names', (key, source) => {
    const Records = [{ [key]: source, id: 1 }, { [key]: source }];
    expect(recordsOf({ Records }, source)).toEqual(Records);
  });

  it.each([
    ['of another source', { Records: [{ eventSource: 'aws:kinesis' }] }],
    ['of several sources', { Records: [{ eventSource: 'aws:sqs' }, { eventSource: 'aws:kinesis' }] }],
    ['of no source', { Records: [{}] }],
    ['that are no objects', { Records: ['aws:sqs'] }],
    ['that are none', { Records: [] }],
    ['that are no list', { Records: { eventSource: 'aws:sqs' } }],
    ['of an event that is none', undefined],
  ])('are not those %s', (_, event) => {
    expect(recordsOf(event, 'aws:sqs')).toBeUndefined();
  });
});

describe('how many records a filter lets through', () => {
  const criteria = { filters: [{ pattern: { body: ['a'] } }, { pattern: { body: [{ prefix: 'b' }] } }] };
  const delivered = (bodies: readonly string[]) =>
    recordDelivery(
      criteria,
      bodies.map((text) => ({ text })),
      ({ text }) => ({ body: text }),
    );

  it('is the number that one of its patterns matches, as the source sees them', () => {
    expect(delivered(['a', 'bee', 'c'])).toEqual({ property: 'filterCriteria', sent: 3, delivered: 2 });
    expect(delivered(['c'])).toEqual({ property: 'filterCriteria', sent: 1, delivered: 0 });
  });

  it('is not known without a filter or without records of the source', () => {
    expect(recordDelivery(undefined, [{}], () => ({}))).toBeUndefined();
    expect(recordDelivery(criteria, undefined, () => ({}))).toBeUndefined();
  });
});

it.each([
  ['{"a":1}', { a: 1 }],
  ['[1]', [1]],
  ['1', '1'],
  ['null', 'null'],
  ['"a"', '"a"'],
  ['no JSON', 'no JSON'],
  [undefined, undefined],
])('the content of %j is %j', (text, content) => {
  expect(contentOf(text)).toEqual(content);
});
