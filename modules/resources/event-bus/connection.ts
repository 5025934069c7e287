import type { CloudwatchEventBus } from '@cdktf/provider-aws/lib/cloudwatch-event-bus';
import type { Connection } from '../../access/connection';
import type { ArnTarget } from '../descriptor';
import type { EVENT_BUS_PARAMS } from './schema';

type EventBusTarget = ArnTarget<'event-bus', typeof EVENT_BUS_PARAMS>;

/** Puts events on the bus. */
export function busConnection({ arn, params }: EventBusTarget): Connection {
  return { environment: params, statements: [{ Sid: 'PutEvents', Action: ['events:PutEvents'], Resource: [arn] }] };
}

export function providedBus({ arn, name }: CloudwatchEventBus): EventBusTarget {
  return { type: 'event-bus', arn, params: { arn, name } };
}
