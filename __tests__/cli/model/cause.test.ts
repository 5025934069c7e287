import { causeDocument, withApiKeys } from '../../../cli/model/cause';

test.each([undefined, '', 'no job queue of that name', '"a text"', 'null', '{"JobId": "1"'])(
  '%j has no document',
  (cause) => {
    expect(causeDocument(cause)).toBeUndefined();
  },
);

test('the document keeps the keys of Step Functions', () => {
  expect(causeDocument('{"JobId": "1"}')).toEqual({ JobId: '1' });
});

test('its keys become those of the API, at every depth, and its values stay', () => {
  const document = { JobId: '1', Attempts: [{ Container: { ExitCode: 3 } }], Container: { Reason: 'OutOfMemory' } };
  expect(withApiKeys(document)).toEqual({
    jobId: '1',
    attempts: [{ container: { exitCode: 3 } }],
    container: { reason: 'OutOfMemory' },
  });
  expect(withApiKeys({ errorMessage: 'No' })).toEqual({ errorMessage: 'No' });
});
