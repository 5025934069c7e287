import { AwsBody } from '../../../../cli/console/server/aws-body';

const refusal = (message: string) => expect.objectContaining({ status: 400, message });

/** What is thrown. */
function thrown(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error;
  }
}

it.each([undefined, null, 'text', 1, []])('%j is no body', (body) => {
  expect(thrown(() => new AwsBody(body))).toEqual(refusal('The body must be a JSON object.'));
});

it('the place that a person has confirmed', () => {
  expect(new AwsBody({ account: '1', region: 'eu-west-1' }).place).toEqual({ account: '1', region: 'eu-west-1' });
  expect(thrown(() => new AwsBody({ region: 'eu-west-1' }).place)).toEqual(refusal('The body has no "account".'));
  expect(thrown(() => new AwsBody({ account: '1' }).place)).toEqual(refusal('The body has no "region".'));
});

it.each([undefined, null, ''])('%j is a missing text', (a) => {
  expect(new AwsBody({ a }).optionalText('a')).toBeUndefined();
  expect(thrown(() => new AwsBody({ a }).text('a'))).toEqual(refusal('The body has no "a".'));
});

it('a text is a string', () => {
  expect([new AwsBody({ a: 'b' }).optionalText('a'), new AwsBody({ a: 'b' }).text('a')]).toEqual(['b', 'b']);
  expect(thrown(() => new AwsBody({ a: 1 }).optionalText('a'))).toEqual(refusal('"a" must be a string.'));
});

it.each([
  [['1'], true],
  [['1', '2'], true],
  [['1', '2', '3'], false],
  [[], false],
  [[''], false],
  [[1], false],
  ['1', false],
  [undefined, false],
])('%j are IDs: %s', (ids, expected) => {
  expect(thrown(() => new AwsBody({ ids }).ids('ids', 2))).toEqual(
    expected ? ids : refusal('"ids" must be a list of 1 to 2 IDs.'),
  );
});

it('a large number is written with commas', () => {
  expect(thrown(() => new AwsBody({}).ids('ids', 1000))).toEqual(refusal('"ids" must be a list of 1 to 1,000 IDs.'));
});
