import { BatchJob } from '../modules/batch-job';
import { createTriggers } from '../modules/job-triggers';
import { ConfigError } from '../modules/problems/config-error';
import type { EventSource } from '../triggers/trigger';
import { SMALLEST_JOB } from './stack-config/samples';
import { foreignStack } from './synthesis';

const DAILY: EventSource = { type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } };

function made(sources: readonly EventSource[]): string[] {
  const job = new BatchJob(foreignStack(), 'report', SMALLEST_JOB);
  return createTriggers(job, sources, job.trigger).map(({ node }) => node.id);
}

it('a trigger has the id of its event, or the number among those of its type', () => {
  const bus: EventSource = { type: 'event-bus', properties: { eventPattern: { source: ['shop'] } } };
  expect(made([DAILY, bus, DAILY, { ...DAILY, id: 'nightly' }])).toEqual([
    'schedule-1',
    'event-bus-1',
    'schedule-2',
    'nightly',
  ]);
  expect(made([])).toEqual([]);
});

it('an error has the problems of all events, at their paths', () => {
  const wrong: EventSource = { type: 'schedule', properties: { scheduleRate: 'daily' } };
  let error: unknown;
  try {
    made([wrong, DAILY, wrong]);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(ConfigError);
  expect((error as ConfigError).source).toBe('stack/report');
  expect((error as ConfigError).problems.map(({ path }) => path)).toEqual([
    'events[0].properties.scheduleRate',
    'events[2].properties.scheduleRate',
  ]);
});

it('an error that is no problem of a config goes on', () => {
  const fault = new Error('no construct');
  const source: EventSource = {
    type: 'schedule',
    get properties(): never {
      throw fault;
    },
  };
  expect(() => made([source])).toThrow(fault);
});
