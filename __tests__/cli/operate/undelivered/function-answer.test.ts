import type { DeployedFunction } from '../../../../cli/operate/deployment';
import { refuseFailure } from '../../../../cli/operate/undelivered/function-answer';

const tally = { name: 'tally', functionName: 'shop-tally' } as DeployedFunction;
const refused = (payload: unknown, functionError?: string) => () =>
  refuseFailure({ payload: typeof payload === 'string' ? payload : JSON.stringify(payload), functionError }, tally);

it.each([[''], ['null'], [{ done: true }], [{ batchItemFailures: [] }], ['no JSON']])(
  'takes %j for an event that was handled',
  (payload) => {
    expect(refused(payload)).not.toThrow();
  },
);

it("says the function's error, and where its log is", () => {
  expect(refused({ errorType: 'TypeError', errorMessage: 'It is\nbad.' }, 'Unhandled')).toThrow(
    'The function tally failed: It is bad (TypeError). Its log group has more: /aws/lambda/shop-tally.',
  );
  expect(refused('', 'Unhandled')).toThrow('The function tally failed: no reason given (Unhandled).');
});

it('refuses a batch of which a message failed', () => {
  expect(refused({ batchItemFailures: [{ itemIdentifier: 'a' }] })).toThrow(
    'The function tally answered with batchItemFailures: it could not handle all of it.',
  );
});
