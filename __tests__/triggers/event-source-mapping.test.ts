import { failureAccess, streamReading } from '../../triggers/event-source-mapping';

const ARN = 'arn:aws:sqs:eu-west-1:123456789012:given-up';

describe('streamReading', () => {
  it('says where to start and leaves the rest to Lambda', () => {
    expect(JSON.parse(JSON.stringify(streamReading({ startingPosition: 'LATEST' })))).toEqual({
      startingPosition: 'LATEST',
    });
  });

  it('passes every setting on', () => {
    const settings = {
      startingPosition: 'TRIM_HORIZON',
      maximumRetryAttempts: 0,
      parallelizationFactor: 10,
      bisectBatchOnFunctionError: false,
      onFailure: { arn: ARN, type: 'sqs' },
    } as const;
    expect(streamReading(settings)).toEqual({
      startingPosition: 'TRIM_HORIZON',
      maximumRetryAttempts: 0,
      parallelizationFactor: 10,
      bisectBatchOnFunctionError: false,
      destinationConfig: { onFailure: { destinationArn: ARN } },
    });
  });
});

describe('failureAccess', () => {
  it('is nothing without a destination', () => {
    expect(failureAccess({})).toEqual([]);
  });

  it.each([
    ['sqs', 'sqs:SendMessage'],
    ['sns', 'sns:Publish'],
  ] as const)('of %s is %s on the one destination', (type, action) => {
    expect(failureAccess({ onFailure: { arn: ARN, type } })).toEqual([
      { Sid: 'ReportGivenUp', Action: [action], Resource: [ARN] },
    ]);
  });
});
