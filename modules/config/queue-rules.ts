import { formatFound, formatPath } from '../problems/problem';
import { DEFAULT_VISIBILITY_SECONDS } from '../resources/sqs-queue/schema';
import { type CheckContext, isToken, refuse } from './checked';
import { companionsOfType, type DeclaredCompanion, type DeclaredEvent, eventsOfType } from './declarations';
import { parseResourceParam } from './directive';

type Queues = ReadonlyMap<string, DeclaredCompanion>;
type Path = (string | number)[];

/** The trigger function's timeout. Lambda refuses an event source mapping if the queue's visibility timeout is shorter. */
export const LEAST_VISIBILITY_SECONDS = 25;

/** Maximum batch size of a FIFO queue: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
export const FIFO_BATCH = 10;

/**
 * Refuses queues that AWS would refuse or that would lose messages: two jobs that poll one queue, a visibility timeout shorter than the
 * trigger function's timeout, batches that FIFO queues don't support, and FIFO queues where only standard ones are accepted.
 */
export function checkQueues(resources: unknown, context: CheckContext): void {
  const queues = companionsOfType(resources, 'sqs-queue');
  checkReaders(resources, queues, context);
  checkDeadLetterQueues(resources, queues, context);
  checkRedrive(queues, context);
}

function checkReaders(resources: unknown, queues: Queues, context: CheckContext): void {
  const readers = new Map<string, DeclaredEvent & { readonly spelling: string }>();
  for (const event of eventsOfType(resources, 'sqs')) {
    const { sqsQueueName, sqsQueueArn } = event.properties;
    const given = sqsQueueName ?? sqsQueueArn;
    if (typeof given !== 'string' || isToken(given)) continue;
    const name = sqsQueueName === undefined ? queueOfArn(given, queues) : given;
    const queue = name === undefined ? undefined : queues.get(name);
    const property = sqsQueueName === undefined ? 'sqsQueueArn' : 'sqsQueueName';
    const key = arnOf(queue) ?? name ?? given;
    const other = readers.get(key);
    const spelling = parseResourceParam(given)?.resource ?? given;
    if (other === undefined) readers.set(key, { ...event, spelling });
    // Within one job, the check of events refuses two that refer to the queue in the same way.
    else if (other.job !== event.job || other.spelling !== spelling) {
      const found = `${formatFound(given)}, which ${formatPath(other.path)} also reads`;
      const accepted = 'a queue with one consumer';
      const fix =
        other.job === event.job
          ? 'remove one of them: Lambda accepts one event source mapping of a queue to a function'
          : 'give each job its own queue, and send to both through an sns-topic: only one consumer gets a message';
      refuse(context, { code: 'conflict', found, accepted, fix }, [...event.path, property]);
    }
    if (queue === undefined ? given.endsWith('.fifo') : isFifo(queue)) checkFifoBatch(event, context);
    if (queue !== undefined && name !== undefined) checkVisibility(name, queue, context);
  }
}

function checkFifoBatch({ properties, path }: DeclaredEvent, context: CheckContext): void {
  const accepted = `a batchSize of up to ${FIFO_BATCH} and no maxBatchWindowSeconds for a FIFO queue`;
  const { batchSize, maxBatchWindowSeconds } = properties;
  if (typeof batchSize === 'number' && !isToken(batchSize) && batchSize > FIFO_BATCH) {
    const found = formatFound(batchSize);
    refuse(context, { code: 'conflict', found, accepted, fix: `lower it to ${FIFO_BATCH}` }, [...path, 'batchSize']);
  }
  if (maxBatchWindowSeconds !== undefined && maxBatchWindowSeconds !== 0) {
    const found = formatFound(maxBatchWindowSeconds);
    refuse(context, { code: 'conflict', found, accepted, fix: 'remove it' }, [...path, 'maxBatchWindowSeconds']);
  }
}

function checkVisibility(name: string, { properties, existing }: DeclaredCompanion, context: CheckContext): void {
  const { visibilityTimeoutSeconds: hidden } = properties;
  if (existing !== undefined || typeof hidden !== 'number' || isToken(hidden)) return;
  if (hidden >= LEAST_VISIBILITY_SECONDS || hidden < 0) return;
  const accepted = `${LEAST_VISIBILITY_SECONDS} or more seconds, the trigger function's timeout, for a queue that starts a job`;
  const fix = `use ${DEFAULT_VISIBILITY_SECONDS}: AWS recommends six times the timeout, and rejects less than the timeout`;
  refuse(context, { code: 'conflict', found: formatFound(hidden), accepted, fix }, [
    'resources',
    name,
    'properties',
    'visibilityTimeoutSeconds',
  ]);
}

/** Refuses FIFO queues as dead-letter queues of topics and rules, and as destinations of streams. */
function checkDeadLetterQueues(resources: unknown, queues: Queues, context: CheckContext): void {
  const named = ['sns', 'event-bus'].flatMap((type) =>
    eventsOfType(resources, type).flatMap(({ properties, path }) =>
      ['sqsQueueName', 'sqsQueueArn'].map((key) =>
        queueAt(properties.onDeliveryFailure, key, [...path, 'onDeliveryFailure']),
      ),
    ),
  );
  const noticed = ['kinesis-stream', 'dynamo-db-stream'].flatMap((type) =>
    eventsOfType(resources, type).map(({ properties, path }) =>
      queueAt(properties.onFailure, 'arn', [...path, 'onFailure']),
    ),
  );
  for (const { given, path } of [...named, ...noticed]) {
    if (typeof given !== 'string') continue;
    const queue = queues.get(path.at(-1) === 'sqsQueueName' ? given : (queueOfArn(given, queues) ?? ''));
    if (queue === undefined || !isFifo(queue)) continue;
    const found = `${formatFound(given)}, a FIFO queue`;
    const fix = 'use a queue without fifoEnabled: AWS cannot send undelivered events to a FIFO queue';
    refuse(context, { code: 'conflict', found, accepted: 'a standard queue', fix }, path);
  }
}

function queueAt(value: unknown, key: string, path: Path): { given: unknown; path: Path } {
  const given = typeof value === 'object' && value !== null ? (value as { [key: string]: unknown })[key] : undefined;
  return { given, path: [...path, key] };
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html */
function checkRedrive(queues: Queues, context: CheckContext): void {
  for (const [name, queue] of queues) {
    const given = queueAt(queue.properties.redrivePolicy, 'targetSqsQueueArn', []).given;
    const target = typeof given === 'string' ? queueOfArn(given, queues) : undefined;
    const targetQueue = target === undefined ? undefined : queues.get(target);
    if (target === undefined || targetQueue === undefined) continue;
    const path = ['resources', name, 'properties', 'redrivePolicy', 'targetSqsQueueArn'];
    if (target === name) {
      const fix = 'use a different queue: this one would redrive messages to itself';
      refuse(context, { code: 'conflict', found: 'the queue itself', accepted: 'a different queue', fix }, path);
    } else if (isFifo(queue) !== isFifo(targetQueue)) {
      const [own, other] = isFifo(queue) ? ['FIFO', 'standard'] : ['standard', 'FIFO'];
      const fix = `${own === 'FIFO' ? 'add fifoEnabled: true to' : 'remove fifoEnabled from'} "${target}"`;
      refuse(
        context,
        {
          code: 'conflict',
          found: `${formatFound(target)}, a ${other} queue`,
          accepted: `a ${own} queue, like this one`,
          fix,
        },
        path,
      );
    }
  }
}

/** Name of the config's queue that an ARN or directive refers to. */
function queueOfArn(given: string, queues: Queues): string | undefined {
  const directive = parseResourceParam(given);
  if (directive !== undefined) return directive.resource;
  return [...queues].find(([, queue]) => arnOf(queue) === given)?.[0];
}

function arnOf(queue: DeclaredCompanion | undefined): string | undefined {
  return typeof queue?.existing?.arn === 'string' ? queue.existing.arn : undefined;
}

function isFifo(queue: DeclaredCompanion): boolean {
  return queue.properties.fifoEnabled === true || (arnOf(queue)?.endsWith('.fifo') ?? false);
}
