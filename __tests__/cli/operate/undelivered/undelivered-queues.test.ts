import { findUndeliveredQueues } from '../../../../cli/operate/undelivered/undelivered-queues';
import { answers, deploymentOf, fault, type Given } from '../fake-aws';

const arn = (name: string) => `arn:aws:sqs:eu-west-1:123456789012:${name}`;
const STACK = 'shop-undelivered-events';
const sqs = (name: string) => ({ type: 'sqs', properties: { sqsQueueArn: arn(name) } });

/** What SQS says of a queue. */
const queue = (messages: number, deadLetters?: string, hidden = 0) => ({
  ApproximateNumberOfMessages: String(messages),
  ApproximateNumberOfMessagesNotVisible: String(hidden),
  ...(deadLetters && { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn(deadLetters), maxReceiveCount: 5 }) }),
});

interface Aws {
  /** Queues by their names. The others do not exist. */
  readonly queues?: { readonly [name: string]: object | Error };
  /** Mappings of functions by their names, or an error. */
  readonly mappings?: { readonly [functionName: string]: readonly object[] | Error };
  readonly given?: Given;
  readonly only?: boolean;
}

async function found({ queues = { [STACK]: queue(0) }, mappings = {}, given, only }: Aws = {}) {
  const answer = answers({
    GetQueueUrl: ({ QueueName }: { QueueName: string }) => {
      const state = queues[QueueName];
      return state instanceof Error
        ? state
        : state === undefined
          ? fault('QueueDoesNotExist')
          : { QueueUrl: QueueName };
    },
    GetQueueAttributes: ({ QueueUrl }: { QueueUrl: string }) => ({ Attributes: queues[QueueUrl] }),
    ListEventSourceMappings: ({ FunctionName, Marker }: { FunctionName: string; Marker?: string }) => {
      const all = mappings[FunctionName] ?? [];
      if (all instanceof Error) return all;
      const page = Number(Marker ?? 0);
      return {
        EventSourceMappings: all.slice(page, page + 1),
        NextMarker: page + 1 < all.length ? String(page + 1) : '',
      };
    },
  });
  const deployment = deploymentOf(answer, given);
  const result = await findUndeliveredQueues(deployment, only ? deployment.jobNamed('report') : undefined);
  const names = result.queues.map(({ name, roles }) => [name, ...roles]);
  return { ...result, names, requests: answer.requests };
}

const job = (...events: readonly object[]): Given => ({ properties: { events } });
const withFunction = (events: readonly object[], own: readonly object[] = []): Given => ({
  properties: { events: own },
  resources: {
    authorize: {
      type: 'function',
      properties: {
        packaging: { type: 'custom-artifact', properties: { packagePath: 'x.zip', handler: 'a.b' } },
        runtime: 'nodejs22.x',
        events,
      },
    },
  },
});
const fromQueue = (name: string) => ({ EventSourceArn: arn(name) });
const fromStream = (Destination?: string) => ({
  EventSourceArn: 'arn:aws:kinesis:eu-west-1:123456789012:stream/clicks',
  DestinationConfig: { OnFailure: { Destination } },
});

describe("the stack's own queue", () => {
  it('is always one, which other services send to', async () => {
    const { queues, notes, problems, requests } = await found({ queues: { [STACK]: queue(3) } });
    expect(queues).toEqual([
      expect.objectContaining({
        arn: arn(STACK),
        name: STACK,
        messages: 3,
        roles: ['undelivered events of the stack'],
        redriven: [],
        isOnlyRedrive: false,
      }),
    ]);
    expect(notes).toEqual([]);
    expect(problems).toEqual([]);
    expect(requests.some(({ name }) => name === 'ListEventSourceMappings')).toBe(false);
  });

  it('is missing of a stack that is not deployed', async () => {
    await expect(found({ queues: {} })).rejects.toThrow(
      'Nothing of stack shop is deployed in account 123456789012 in eu-west-1.',
    );
  });

  it('can be unknown', async () => {
    const { queues, problems } = await found({ queues: { [STACK]: fault('AccessDenied') } });
    expect(queues).toEqual([]);
    expect(problems).toEqual([`${STACK} could not be looked into: It failed (AccessDenied).`]);
  });

  it('can be missing beside others', async () => {
    const bus = {
      type: 'event-bus',
      properties: {
        useDefaultBus: true,
        eventPattern: { source: ['a'] },
        onDeliveryFailure: { sqsQueueArn: arn('dead') },
      },
    };
    const { names, problems } = await found({ queues: { dead: queue(0) }, given: job(bus) });
    expect(names).toEqual([['dead', 'undelivered event-bus events']]);
    expect(problems).toEqual([`Queue ${STACK} does not exist in account 123456789012 in eu-west-1.`]);
  });
});

describe('queues that events name', () => {
  const bus = (more: object = {}) => ({
    type: 'event-bus',
    properties: { useDefaultBus: true, eventPattern: { source: ['a'] }, ...more },
  });

  it('have a role for each kind of event, once', async () => {
    const topic = { type: 'sns', properties: { snsTopicArn: 'arn:aws:sns:eu-west-1:123456789012:orders' } };
    const schedule = { type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } };
    const other = { ...topic, properties: { snsTopicArn: 'arn:aws:sns:eu-west-1:123456789012:others' } };
    const { names } = await found({ given: job(bus(), topic, other, schedule) });
    expect(names).toEqual([
      [STACK, 'undelivered events of the stack', 'undelivered event-bus events', 'undelivered sns events'],
    ]);
  });

  it('can be known to Terraform only', async () => {
    const event = bus({ onDeliveryFailure: { sqsQueueArn: "$CfResourceParam('Dead', 'Arn')" } });
    const stack = { cloudformationResources: { Dead: { Type: 'AWS::SQS::Queue' } } };
    const { names, problems } = await found({ given: { ...job(event), stack } });
    expect(names).toEqual([[STACK, 'undelivered events of the stack']]);
    expect(problems).toEqual([
      'A dead-letter queue of job report is named by a directive that only Terraform resolves.',
    ]);
  });
});

describe('queues that Lambda reads', () => {
  const mappings = { 'shop-report-trigger': [fromQueue('inbox')] };
  const given = job(sqs('inbox'));

  it('have dead-letter queues, to which nothing else is sent as far as is known', async () => {
    const queues = { [STACK]: queue(0), inbox: queue(0, 'dead'), dead: queue(2, undefined, 1) };
    const { names, queues: all, notes } = await found({ queues, mappings, given });
    expect(names).toEqual([
      [STACK, 'undelivered events of the stack'],
      ['dead', 'dead-letter queue of inbox'],
    ]);
    expect(all[1]).toMatchObject({
      messages: 2,
      hidden: 1,
      isOnlyRedrive: true,
      redriven: [{ arn: arn('inbox'), name: 'inbox', jobs: ['report'], functions: [], maxReceives: 5 }],
    });
    expect(notes).toEqual([]);
  });

  it('are told of if they have messages', async () => {
    const some = { [STACK]: queue(0), inbox: queue(2, 'dead', 1), dead: queue(0) };
    expect((await found({ queues: some, mappings, given })).notes).toEqual([
      'inbox has about 3 messages. Lambda delivers them up to 5 times, then they are moved to dead.',
    ]);
    const none = { [STACK]: queue(0), inbox: queue(0, undefined, 1) };
    expect((await found({ queues: none, mappings, given })).notes).toEqual([
      'inbox has about 1 message. Lambda delivers them until they expire: it has no dead-letter queue.',
    ]);
  });

  it('can be missing', async () => {
    const { problems } = await found({ mappings, given });
    expect(problems).toEqual(['Queue inbox does not exist in account 123456789012 in eu-west-1.']);
  });

  it('are not looked into, also if they are dead-letter queues of others', async () => {
    const queues = { [STACK]: queue(0), inbox: queue(0, 'again'), again: queue(0) };
    const { names, notes } = await found({
      queues,
      mappings: {
        'shop-report-trigger': [fromQueue('inbox'), fromQueue('again')],
        'shop-authorize': [fromQueue('again')],
      },
      given: withFunction([sqs('other')], [sqs('inbox')]),
    });
    expect(names).toEqual([[STACK, 'undelivered events of the stack']]);
    expect(notes).toEqual(['again is not looked into: its messages are for report, function authorize.']);
  });

  it('can have a dead-letter queue that has another one', async () => {
    const queues = { [STACK]: queue(0), inbox: queue(0, 'dead'), dead: queue(0, 'last'), last: queue(0) };
    const { names, queues: all } = await found({ queues, mappings, given });
    expect(names).toEqual([
      [STACK, 'undelivered events of the stack'],
      ['dead', 'dead-letter queue of inbox'],
      ['last', 'dead-letter queue of dead'],
    ]);
    expect(all[2]).toMatchObject({ redriven: [], isOnlyRedrive: false });
  });

  it('belong to all jobs and functions that read them, of whom only one job can be meant', async () => {
    const queues = { [STACK]: queue(0), inbox: queue(0, 'dead'), dead: queue(0) };
    const both = { ...mappings, 'shop-authorize': [fromQueue('inbox')] };
    const all = { queues, mappings: both, given: withFunction([sqs('other')], [sqs('inbox')]) };
    expect((await found(all)).queues[1]?.redriven).toMatchObject([{ jobs: ['report'], functions: ['authorize'] }]);
    const only = await found({ ...all, only: true });
    expect(only.queues[1]?.redriven).toMatchObject([{ jobs: ['report'], functions: [] }]);
    const asked = only.requests.flatMap(({ name, input }) =>
      name === 'ListEventSourceMappings' ? [input.FunctionName] : [],
    );
    expect(asked).toEqual(['shop-report-trigger']);
  });
});

describe('streams that Lambda reads', () => {
  const stream = {
    type: 'kinesis-stream',
    properties: { streamArn: 'arn:aws:kinesis:eu-west-1:123456789012:stream/clicks' },
  };

  it('have a queue for what Lambda gives up, or a topic, which keeps nothing', async () => {
    const given = job(stream);
    const queues = { [STACK]: queue(0), given: queue(0) };
    const own = await found({ queues, mappings: { 'shop-report-trigger': [fromStream(arn('given'))] }, given });
    expect(own.names[1]).toEqual(['given', 'records of streams that Lambda gave up']);
    expect(own.queues[1]?.isOnlyRedrive).toBe(false);
    const topic = 'arn:aws:sns:eu-west-1:123456789012:alerts';
    const told = await found({ mappings: { 'shop-report-trigger': [fromStream(topic), fromStream(), {}] }, given });
    expect(told.names).toHaveLength(1);
    expect(told.notes).toEqual([
      'Lambda publishes the position of records that it gives up from clicks (report) to alerts, which keeps nothing.',
    ]);
  });
});

describe('a function that Lambda does not tell of', () => {
  it('is missing, or unknown', async () => {
    const missing = await found({
      mappings: { 'shop-report-trigger': fault('ResourceNotFoundException') },
      given: job(sqs('inbox')),
    });
    expect(missing.problems).toEqual(['Job report does not exist in account 123456789012 in eu-west-1.']);
    const denied = await found({
      mappings: { 'shop-report-trigger': fault('AccessDenied') },
      given: job(sqs('inbox')),
    });
    expect(denied.problems).toEqual(['The queues and streams of job report are not known: It failed (AccessDenied).']);
    const own = await found({
      mappings: { 'shop-authorize': fault('ResourceNotFoundException') },
      given: withFunction([sqs('inbox')]),
    });
    expect(own.problems).toEqual(['Function authorize does not exist in account 123456789012 in eu-west-1.']);
  });

  it('is missing of a stack that is not deployed, if its queue is too', async () => {
    const given = job(sqs('inbox'));
    const gone = { 'shop-report-trigger': fault('ResourceNotFoundException') };
    await expect(found({ queues: {}, mappings: gone, given })).rejects.toThrow('Nothing of stack shop is deployed');
    const denied = { 'shop-report-trigger': fault('AccessDenied') };
    expect((await found({ queues: {}, mappings: denied, given })).problems).toHaveLength(2);
  });
});
