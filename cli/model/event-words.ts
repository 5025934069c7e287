import type { EventCheck } from './send';

const KINDS: { readonly [kind: string]: string } = {
  'http-api': 'a request of an HTTP API',
  alb: 'a request of a load balancer',
  sqs: 'messages of an SQS queue',
  sns: 'a message of an SNS topic',
  kinesis: 'records of a Kinesis stream',
  dynamodb: 'changes of a DynamoDB table',
  s3: 'a change in an S3 bucket',
  eventbridge: 'an EventBridge event',
  logs: 'records of a log group',
};

/** Sources that the trigger function recognizes in the events of a type of trigger. */
const EXPECTED: { readonly [type: string]: readonly string[] } = {
  schedule: ['eventbridge'],
  'event-bus': ['eventbridge'],
  'http-api-gateway': ['http-api'],
  'application-load-balancer': ['alb'],
  sqs: ['sqs'],
  sns: ['sns'],
  'kinesis-stream': ['kinesis'],
  'dynamo-db-stream': ['dynamodb'],
  s3: ['s3', 'eventbridge'],
  'cloudwatch-log': ['logs'],
};

const IGNORED: { readonly [reason: string]: string } = {
  'health-check': 'it is a health check',
  preflight: 'it is an OPTIONS request, such as a CORS preflight',
  'unasked-request': 'browsers and crawlers request this path from every host',
  's3-test-event': 'Amazon S3 tests its notifications with it',
  'test-notification': 'a service tests its notifications with it',
  'logs-control-message': 'CloudWatch Logs tests the subscription with it',
};

/** What the page says of an event, and whether it needs attention. */
export interface Finding {
  readonly tone: 'ok' | 'warn' | 'bad';
  readonly text: string;
}

/**
 * What the trigger function makes of an event, in sentences.
 *
 * @param type of the trigger that it is for. Undefined if it is for none
 */
export function eventFindings(check: EventCheck, type: string | undefined): Finding[] {
  const { kind, ignored, problem } = check;
  if (problem !== undefined) return [{ tone: 'bad', text: problem }];
  if (ignored !== undefined) {
    return [
      { tone: 'warn', text: `The trigger function starts no job for this event: ${IGNORED[ignored] ?? ignored}.` },
    ];
  }
  const expected = (type === undefined ? undefined : EXPECTED[type]) ?? [];
  const isExpected = expected.length === 0 || expected.includes(kind);
  if (kind === 'invocation') {
    const unrecognized = 'Nothing in it names the run, so each delivery starts another run.';
    if (isExpected) return [{ tone: 'ok', text: unrecognized }];
    const meant = expected.map((each) => KINDS[each]).join(' or ');
    return [{ tone: 'warn', text: `The trigger function does not recognize it as ${meant}. ${unrecognized}` }];
  }
  const recognized = `The trigger function recognizes ${KINDS[kind] ?? kind}.`;
  const other = `${recognized} The trigger sends ${expected.map((each) => KINDS[each]).join(' or ')}.`;
  return [
    isExpected ? { tone: 'ok', text: recognized } : { tone: 'warn', text: other },
    { tone: 'ok', text: `${namedBy(check)} The same event again is a duplicate and starts nothing.` },
  ];
}

/** Which part of an event names its run. */
function namedBy({ kind, parts }: EventCheck): string {
  const count = parts.length;
  switch (kind) {
    case 'http-api':
      return parts[0] === 'idempotency-key'
        ? 'Its Idempotency-Key, with the caller, the method and the path, names the run.'
        : 'Its requestContext.requestId names the run.';
    case 'alb':
      return parts[0] === 'idempotency-key'
        ? 'Its Idempotency-Key, with the method and the path, names the run.'
        : 'Its X-Amzn-Trace-Id header names the run.';
    case 'sqs':
      return count === 1 ? 'Its messageId names the run.' : `The messageIds of its ${count} messages name the run.`;
    case 'sns':
      return 'Its Sns.MessageId names the run.';
    case 'kinesis':
    case 'dynamodb':
      return count === 1
        ? 'Its eventID and eventSourceARN name the run.'
        : `The eventIDs of its ${count} records, with eventSourceARN, name the run.`;
    case 's3':
      return 'Its bucket, key, change and version name the run.';
    case 'eventbridge':
      return count === 1 ? 'Its id names the run.' : 'Its id and replay-name name the run.';
    default:
      return 'Its awslogs.data names the run.';
  }
}

/** The type of trigger whose events have the shape of an event that is recognized. */
export function typeOfKind(kind: string): string | undefined {
  return Object.entries(EXPECTED).find(([type, kinds]) => type !== 'schedule' && kinds[0] === kind)?.[0];
}
