import { RUN_MESSAGE } from './run-message';
import { STUCK_MESSAGE } from './stuck-message';

/** `source` of the events on a bus. */
const EVENT_SOURCE = 'batch-jobs';

/** `detail-type` of the events on a bus, by the kind of notification. */
const DETAIL_TYPES = {
  failed: 'Batch Job Run Failed',
  succeeded: 'Batch Job Run Succeeded',
  stuck: 'Batch Job Run Stuck',
} as const;

/** Tries of one target, over about half a minute. An EXPRESS execution ends after five minutes. */
const RETRY = {
  ErrorEquals: ['States.ALL'],
  IntervalSeconds: 2,
  BackoffRate: 2,
  MaxAttempts: 4,
  JitterStrategy: 'FULL',
};

/** Protocols of subscriptions whose messages programs read. */
const FOR_PROGRAMS = ['email-json', 'firehose', 'http', 'https', 'lambda', 'sqs'];

export interface NotifierDocumentInput {
  readonly partition: string;
  /** Queue of notifications that a target refused. */
  readonly undeliveredUrl: string;
}

/**
 * The state machine that writes a message about a run and sends it to each target. Its language is JSONata, in which a message is one
 * expression: in JSONPath, each property that can be missing would take a state.
 *
 * A topic gets a text for people and JSON for programs, by the protocol of each subscription. A target that refuses the message in all
 * tries doesn't keep it from the others: the message is kept in a queue.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sns.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html (MessageStructure)
 */
export function notifierDocument({ partition, undeliveredUrl }: NotifierDocumentInput) {
  return {
    Comment: 'Tells people and programs about a run',
    QueryLanguage: 'JSONata',
    StartAt: 'Write',
    States: {
      Write: {
        Type: 'Choice',
        Choices: [{ Condition: expression('$exists($states.input.waiting)'), Next: 'Write that it waits' }],
        Default: 'Write how it ended',
      },
      'Write how it ended': written(RUN_MESSAGE),
      'Write that it waits': written(STUCK_MESSAGE),
      Send: {
        Type: 'Map',
        Items: expression('$lookup($states.input.targets, $note.detail.kind)[]'),
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: 'Topic or bus',
          States: {
            'Topic or bus': {
              Type: 'Choice',
              Choices: [{ Condition: expression('$exists($states.input.topic)'), Next: 'Publish' }],
              Default: 'Put event',
            },
            Publish: sent(`arn:${partition}:states:::sns:publish`, topicMessage()),
            'Put event': sent(`arn:${partition}:states:::events:putEvents`, busEvent()),
            Keep: {
              Type: 'Task',
              Resource: `arn:${partition}:states:::sqs:sendMessage`,
              Arguments: {
                QueueUrl: undeliveredUrl,
                MessageBody: expression('$merge([$states.input, { "notification": $note.detail }])'),
              },
              Retry: [RETRY],
              End: true,
            },
          },
        },
        End: true,
      },
    },
  };
}

/** Sends the message to a target, which the item of the Map is. A message that is refused in all tries is kept. */
function sent<Parameters extends object>(Resource: string, Arguments: Parameters) {
  const Output = expression(
    '{ "target": $states.input, "error": $states.errorOutput.Error, "cause": $states.errorOutput.Cause }',
  );
  return {
    Type: 'Task',
    Resource,
    Arguments,
    Retry: [RETRY],
    Catch: [{ ErrorEquals: ['States.ALL'], Output, Next: 'Keep' }],
    End: true,
  };
}

/** Parameters of sns:Publish. */
function topicMessage() {
  const programs = FOR_PROGRAMS.map((protocol) => `'${protocol}': $string($note.detail)`).join(', ');
  const attribute = (name: string) => ({ DataType: 'String', StringValue: expression(`$note.detail.${name}`) });
  return {
    TopicArn: expression('$states.input.topic'),
    Subject: expression('$note.subject'),
    MessageStructure: 'json',
    Message: expression(`$string({ 'default': $note.text, 'sms': $note.short, ${programs} })`),
    MessageAttributes: { kind: attribute('kind'), stack: attribute('stack'), job: attribute('job') },
  };
}

/** Parameters of events:PutEvents. */
function busEvent() {
  return {
    Entries: [
      {
        EventBusName: expression('$states.input.bus'),
        Source: EVENT_SOURCE,
        DetailType: expression(`$lookup(${JSON.stringify(DETAIL_TYPES)}, $note.detail.kind)`),
        Detail: expression('$note.detail'),
        Resources: [expression('$note.detail.executionArn')],
      },
    ],
  };
}

function written(message: string) {
  return {
    Type: 'Pass',
    Assign: { note: expression(message) },
    Output: expression('$states.input'),
    Next: 'Send',
  };
}

/** On one line. No string in an expression contains a line break. */
function expression(text: string): string {
  return `{% ${text.replace(/\s*\n\s*/g, ' ')} %}`;
}
