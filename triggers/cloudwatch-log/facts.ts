import { type EventFacts, keys } from '../event-facts';

export const facts: EventFacts = {
  shortName: 'logs',
  kinds: [{ kind: 'logs', noun: 'records of a log group', names: { one: 'Its awslogs.data names the run.' } }],
  keys: keys(
    ['awslogs', 'object', 'Log records'],
    ['awslogs.data', 'string', 'The log records: JSON, compressed by gzip, in Base64. It names the run'],
  ),
};
