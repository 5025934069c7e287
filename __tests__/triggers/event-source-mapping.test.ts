import { failureAccess, streamReading } from '../../triggers/event-source-mapping';

const ARN = 'arn:aws:sqs:eu-west-1:123456789012:given-up';

describe('streamReading', () => {
  it('says where to start and where notices go, and leaves the rest to Lambda', () => {
    const reading = streamReading({ startingPosition: 'LATEST' }, { arn: ARN, type: 'sqs' });
    expect(JSON.parse(JSON.stringify(reading))).toEqual({
      startingPosition: 'LATEST',
      destinationConfig: { onFailure: { destinationArn: ARN } },
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
    expect(streamReading(settings, settings.onFailure)).toEqual({
      startingPosition: 'TRIM_HORIZON',
      maximumRetryAttempts: 0,
      parallelizationFactor: 10,
      bisectBatchOnFunctionError: false,
      destinationConfig: { onFailure: { destinationArn: ARN } },
    });
  });
});

describe('failureAccess', () => {
  it.each([
    ['sqs', 'sqs:SendMessage'],
    ['sns', 'sns:Publish'],
  ] as const)('of %s is %s on the one destination', (type, action) => {
    expect(failureAccess({ arn: ARN, type })).toEqual({ Sid: 'ReportGivenUp', Action: [action], Resource: [ARN] });
  });
});
