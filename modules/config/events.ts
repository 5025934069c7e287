import { z } from 'zod';
import { type CheckContext, refuse } from './checked';
import { eventId } from './event-id';
import { applicationLoadBalancer } from './events/application-load-balancer';
import { cloudwatchLog } from './events/cloudwatch-log';
import { dynamoDbStream } from './events/dynamo-db-stream';
import { eventBus } from './events/event-bus';
import { httpApiGateway } from './events/http-api-gateway';
import { kinesisStream } from './events/kinesis-stream';
import { s3 } from './events/s3';
import { schedule } from './events/schedule';
import { sns } from './events/sns';
import { sqs } from './events/sqs';

/** What starts the job, by `type`. */
export const event = z.discriminatedUnion('type', [
  httpApiGateway,
  applicationLoadBalancer,
  schedule,
  eventBus,
  sns,
  sqs,
  kinesisStream,
  dynamoDbStream,
  s3,
  cloudwatchLog,
]);

/** What starts the job, by `type`, with its defaults filled in. */
export type JobEvent = z.output<typeof event>;

/** The event integration of one `type`. */
export type JobEventOf<Type extends JobEvent['type']> = Extract<JobEvent, { type: Type }>;

/** The events of a job; none may listen to what another one listens to. */
export const events = z.array(event).superRefine((list, context) => refuseTwins(list, context), { when: () => true });

function refuseTwins(list: unknown, context: CheckContext): void {
  if (!Array.isArray(list)) return;
  const seen = new Map<string, number>();
  list.forEach((item, index) => {
    const parsed = event.safeParse(item);
    if (!parsed.success) return;
    const id = eventId(parsed.data);
    const twin = seen.get(id);
    if (twin === undefined) seen.set(id, index);
    else {
      const fix = 'remove one of the two: each occurrence would start the job twice';
      refuse(
        context,
        { found: `what events[${twin}] listens to`, accepted: 'another source or another selection', fix },
        [index],
      );
    }
  });
}
