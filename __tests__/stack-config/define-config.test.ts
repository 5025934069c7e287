import { defineConfig, defineEvent, defineJob, defineResource } from '../../modules/stack-config/define-config';
import { configProblems } from './samples';

// The compiler is a part of this test: nothing here says `as const`.
const base = defineJob({
  container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } },
  resources: { cpu: 1, memory: 512 },
}).properties;

const hourly = defineEvent({ type: 'schedule', properties: { scheduleRate: 'rate(1 hour)' } });
const inbox = defineResource({ type: 'sqs-queue', properties: {} });

it('takes fragments and loops', () => {
  const names = ['orders', 'bills'];
  const rates = ['rate(1 day)', 'rate(2 days)'].map((scheduleRate) =>
    defineEvent({ type: 'schedule', properties: { scheduleRate } }),
  );
  const jobs = Object.fromEntries(names.map((name) => [name, defineJob({ ...base, events: [hourly, ...rates] })]));
  const config = defineConfig({ stackName: 'reports', resources: { ...jobs, inbox } });
  expect(Object.keys(config.resources)).toEqual(['orders', 'bills', 'inbox']);
  expect(configProblems(config)).toEqual([]);
});
