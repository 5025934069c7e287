import { ANYWHERE, IN_ACCOUNT } from '../../config/arn-rule';
import { companion } from '../descriptor';
import { EVENT_BUS_PARAMS, eventBusResource } from './schema';

export type { EventBus } from './schema';

/** The type `event-bus`. */
export const EVENT_BUS = companion({
  type: 'event-bus',
  noun: 'event bus',
  schema: eventBusResource,
  creates: [['EventBus', 'cloudwatch-event-bus']],
  construct: () => (require('./construct') as typeof import('./construct')).EventBus,
  params: EVENT_BUS_PARAMS,
  propertyArns: { 'policyStatements[].Principal.AWS[]': ANYWHERE },
  existingArns: { arn: IN_ACCOUNT },
  unreachableService: 'Amazon EventBridge',
  namedBy: ['eventBusName'],
  connection: () => (require('./connection') as typeof import('./connection')).busConnection,
  narrowable: { access: ['write'] },
  provided: { aws_cloudwatch_event_bus: () => (require('./connection') as typeof import('./connection')).providedBus },
  stacktape: () => (require('./stacktape') as typeof import('./stacktape')).STACKTAPE,
});
