import { EVENT_BRIDGE, EVENT_BRIDGE_KEYS, type EventFacts, keys } from '../event-facts';

export const facts: EventFacts = {
  shortName: 'job',
  kinds: [{ ...EVENT_BRIDGE, sentBy: ['aws.states'] }],
  keys: [
    ...EVENT_BRIDGE_KEYS,
    ...keys(
      ['detail.executionArn', 'string', 'ARN of the run that ended'],
      ['detail.stateMachineArn', 'string', "ARN of the other job's state machine"],
      ['detail.name', 'string', 'Name of the run that ended'],
      ['detail.status', 'string', 'How it ended: "SUCCEEDED", "FAILED", "TIMED_OUT" or "ABORTED"'],
      ['detail.startDate', 'number', 'When it started, in milliseconds since 1970'],
      ['detail.stopDate', ['number', 'null'], 'When it ended, in milliseconds since 1970'],
      ['detail.input', ['string', 'null'], 'JSON of the event that started it'],
      ['detail.inputDetails', 'object', 'About the input'],
      ['detail.inputDetails.included', 'boolean', 'Whether input has it: Step Functions leaves out 248 KB and more'],
      ['detail.output', ['string', 'null'], 'JSON of the AWS Batch job of a run that succeeded'],
      ['detail.outputDetails', ['object', 'null'], 'The same about the output'],
      ['detail.outputDetails.included?', 'boolean', 'Whether output has it'],
      ['detail.error?', ['string', 'null'], 'Error of a run that failed'],
      ['detail.cause?', ['string', 'null'], 'Its cause: often the AWS Batch job as JSON'],
      ['detail.*?', 'any', 'About versions, aliases and redrives of the state machine'],
    ),
  ],
};
