import type { Construct } from 'constructs';
import { ServiceRole, type ServiceRoleProps } from '../access/service-role';
import type { EventTarget } from './event-target';
import { arnBeside, targetAccount } from './invocation';

/** The group of schedules without another one. */
const SCHEDULE_GROUP = 'schedule-group/default';

interface SchedulerRoleProps extends Pick<ServiceRoleProps, 'nameParts' | 'aws' | 'tags'> {
  readonly target: EventTarget;
}

/**
 * Role with which EventBridge Scheduler invokes a function, and sends what it could not deliver to the function's queue. The queue's
 * policy needs no statement for it: both are in one account.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 */
export function createSchedulerRole(
  scope: Construct,
  id: string,
  { nameParts, aws, tags, target }: SchedulerRoleProps,
): ServiceRole {
  return new ServiceRole(scope, id, {
    nameParts: [...nameParts, 'scheduler'],
    aws,
    service: 'scheduler.amazonaws.com',
    condition: {
      StringEquals: {
        'aws:SourceAccount': targetAccount(target),
        'aws:SourceArn': arnBeside(target, 'scheduler', SCHEDULE_GROUP),
      },
    },
    statements: [
      { Sid: 'Invoke', Action: ['lambda:InvokeFunction'], Resource: [target.function.arn] },
      { Sid: 'KeepUndelivered', Action: ['sqs:SendMessage'], Resource: [target.undeliveredEvents.arn] },
    ],
    tags,
  });
}
