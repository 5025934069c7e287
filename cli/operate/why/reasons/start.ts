import { counted } from '../../../../modules/problems/phrases';
import type { Facts, StartFacts } from '../facts';
import type { Reason, Values } from '../reason';
import { timeText } from '../time';

/** Values of a job whose runs have all ended, or that has none. */
function idle(facts: Facts, more: (start: StartFacts) => Values | false | undefined): Values | undefined {
  const { job, start } = facts;
  const found = start && more(start);
  return found ? { job: job.name, function: job.triggerFunction, region: job.region, ...found } : undefined;
}

/** What keeps events from starting runs. */
export const START_REASONS: readonly Reason[] = [
  {
    code: 'state-machine-deleting',
    sentence: 'No run of {job} can start, because its state machine is being deleted.',
    fix: 'Wait until it is deleted, and deploy again.',
    command: 'deploy',
    find: (facts) => idle(facts, () => facts.stateMachine === 'DELETING' && {}),
  },
  {
    code: 'function-missing',
    sentence: 'No event starts {job}, because its trigger function {function} does not exist.',
    fix: 'Deploy again, which creates the function.',
    command: 'deploy',
    find: (facts) => idle(facts, ({ function: found }) => found?.state === 'Missing' && {}),
  },
  {
    code: 'function-failed',
    sentence: 'No event starts {job}, because its trigger function {function} is in state {state}: {reason}',
    fix: 'Deploy again, which makes Lambda prepare the function again.',
    command: 'deploy',
    find: (facts) =>
      idle(facts, ({ function: found }) =>
        found !== undefined && (found.state === 'Failed' || found.state === 'Inactive')
          ? { state: found.state, reason: found.reason ?? 'Lambda gives no reason' }
          : undefined,
      ),
  },
  {
    code: 'function-pending',
    sentence: 'No event starts {job} yet, because Lambda is still creating its trigger function {function}.',
    fix: 'Wait a minute. Events that arrive meanwhile are delivered again.',
    find: (facts) => idle(facts, ({ function: found }) => found?.state === 'Pending' && {}),
  },
  {
    code: 'function-stopped',
    sentence: 'No event starts {job}, because the reserved concurrency of its trigger function {function} is 0.',
    fix: 'Remove the limit: aws lambda delete-function-concurrency --function-name {function} --region {region}',
    find: (facts) => idle(facts, ({ function: found }) => found?.isStopped && {}),
  },
  {
    code: 'rule-disabled',
    sentence: 'Nothing starts {job} on its {kind}, because the EventBridge rule {rule} is disabled.',
    fix: 'Enable it: aws events enable-rule --name {rule} --region {region}. A deployment also enables it.',
    command: 'deploy',
    find: (facts) =>
      idle(facts, ({ rules }) => {
        const found = rules.find(({ isEnabled }) => !isEnabled);
        return found && { rule: found.name, kind: found.schedule === undefined ? 'events' : 'schedule' };
      }),
  },
  {
    code: 'rule-missing',
    sentence: 'Nothing starts {job} on its schedule, because the EventBridge rule of {schedules} does not exist.',
    fix: 'Deploy again, which creates the rule.',
    command: 'deploy',
    find: (facts) =>
      idle(
        facts,
        ({ missingRules: count }) => count > 0 && { schedules: count === 1 ? 'a schedule' : `${count} schedules` },
      ),
  },
  {
    code: 'schedule-disabled',
    sentence: 'Nothing starts {job} on its schedule {schedule}, because {name} is disabled in EventBridge Scheduler.',
    fix: 'Deploy again, which enables the schedule.',
    command: 'deploy',
    find: (facts) =>
      idle(facts, ({ schedules }) => {
        const found = schedules.find(({ isEnabled }) => !isEnabled);
        return found && { name: found.name, schedule: found.schedule };
      }),
  },
  {
    code: 'schedule-missing',
    sentence: 'Nothing starts {job} on {schedules} of its config, because EventBridge Scheduler has none for it.',
    fix: 'Deploy again, which creates what is missing.',
    command: 'deploy',
    find: (facts) =>
      idle(
        facts,
        ({ missingSchedules: count }) => count > 0 && { schedules: count === 1 ? 'a schedule' : `${count} schedules` },
      ),
  },
  {
    code: 'source-disabled',
    sentence: 'Nothing starts {job} from {source}, because its event source mapping is disabled.',
    fix: 'Enable it: aws lambda update-event-source-mapping --uuid {uuid} --enabled --region {region}. A deployment also enables it.',
    command: 'deploy',
    find: (facts) =>
      idle(facts, ({ mappings }) => {
        const found = mappings.find(({ isEnabled }) => !isEnabled);
        return found && { source: found.source, uuid: found.uuid };
      }),
  },
  {
    code: 'source-missing',
    sentence: 'Nothing starts {job} from {sources} of its config, because Lambda has no event source mapping for it.',
    fix: 'Deploy again, which creates the mapping.',
    command: 'deploy',
    find: (facts) =>
      idle(
        facts,
        ({ missingSources: count }) => count > 0 && { sources: counted(count, 'queue or stream', 'queues or streams') },
      ),
  },
  {
    code: 'source-failing',
    sentence: 'Nothing starts {job} from {source}, because Lambda cannot read it or hand its records on: {result}',
    fix: 'Check that the source exists, and read the log of {function}. A deployment restores its permissions.',
    command: 'deploy',
    find: (facts) =>
      idle(facts, ({ mappings }) => {
        const found = mappings.find(({ result }) => result?.startsWith('PROBLEM'));
        return found && { source: found.source, result: found.result ?? '' };
      }),
  },
  {
    code: 'event-failed',
    sentence: 'The last event of {job}, {when}, started no run: {detail}',
    fix: 'Correct what the message names. Then start the runs of the events that wait.',
    command: 'undelivered list --job {job}',
    find: (facts) =>
      idle(facts, ({ lastEvent }) =>
        lastEvent?.outcome === 'failed'
          ? { when: timeText(lastEvent.at, facts.now), detail: lastEvent.detail ?? 'no reason is in the log' }
          : undefined,
      ),
  },
  {
    code: 'undelivered',
    sentence: '{events} could start no run, and {verb} in {queues}.',
    fix: 'Look at them with their reasons, and start their runs.',
    command: 'undelivered',
    find: (facts) =>
      idle(
        facts,
        ({ undelivered: { messages, queues } = { messages: 0, queues: [] } }) =>
          messages > 0 && {
            events: counted(messages, 'undelivered event'),
            verb: messages === 1 ? 'waits' : 'wait',
            queues: `${queues.length === 1 ? 'queue' : 'queues'} ${queues.join(', ')}`,
          },
      ),
  },
  {
    code: 'event-duplicate',
    sentence: 'The last event of {job}, {when}, started no run, because it had already started {run}.',
    fix: 'Nothing to do, if it was sent twice. To repeat the run, use rerun.',
    command: 'rerun {run}',
    find: (facts) =>
      idle(facts, ({ lastEvent }) =>
        lastEvent?.outcome === 'duplicate'
          ? { when: timeText(lastEvent.at, facts.now), run: lastEvent.run ?? 'a run' }
          : undefined,
      ),
  },
  {
    code: 'event-ignored',
    sentence: 'The last event of {job}, {when}, started no run, because it is no event for a job ({detail}).',
    fix: 'Nothing to do: health checks, test events and preflight requests start no run.',
    find: (facts) =>
      idle(facts, ({ lastEvent }) =>
        lastEvent?.outcome === 'ignored'
          ? { when: timeText(lastEvent.at, facts.now), detail: lastEvent.detail ?? 'unknown' }
          : undefined,
      ),
  },
];

/** After all others, for a job without any run. */
export const NEVER_STARTED_REASONS: readonly Reason[] = [
  {
    code: 'no-events',
    sentence: 'No run of {job} has started, because its config has no events.',
    fix: 'Add an event source to its events and deploy, or start a run by hand.',
    command: 'start {job}',
    find: (facts) => (facts.run === undefined && facts.job.events.length === 0 ? { job: facts.job.name } : undefined),
  },
  {
    code: 'never-started',
    sentence: 'No run of {job} has started: no event has reached its trigger function ({events}).',
    fix: 'Send an event that matches its filter or pattern, or wait for the schedule. To start a run by hand, use start.',
    command: 'start {job}',
    find: ({ run, job }) => (run === undefined ? { job: job.name, events: job.events.join(', ') } : undefined),
  },
];

/** A queue that accepts no jobs. Jobs that are already in it still run. */
export const QUEUE_STATE_REASONS: readonly Reason[] = [
  {
    code: 'queue-disabled',
    sentence: 'Queue {queue} is disabled, so AWS Batch refuses new jobs.',
    fix: 'Enable it: aws batch update-job-queue --job-queue {queue} --state ENABLED --region {region}. A deployment also enables it.',
    command: 'deploy',
    find: ({ queue, job }) => (queue?.state === 'DISABLED' ? { queue: queue.name, region: job.region } : undefined),
  },
  {
    code: 'queue-invalid',
    sentence: 'Queue {queue} has status {status}: {reason}',
    fix: 'Deploy again, which repairs or replaces the queue.',
    command: 'deploy',
    find: ({ queue }) =>
      queue !== undefined && ['INVALID', 'DELETING', 'DELETED', 'CREATING'].includes(queue.status)
        ? { queue: queue.name, status: queue.status, reason: queue.statusReason ?? 'AWS Batch gives no reason' }
        : undefined,
  },
];
