import { runContainer } from '../../../cli/local/container-run';
import { InjectedFaults } from '../../../cli/local/injected-faults';
import { type ContainerScript, scripted } from './container-stand-in';
import { containerOf, NO_FAULTS, recorded } from './scenarios';

interface Given {
  readonly faults?: object;
  readonly timeoutSeconds?: number;
  readonly item?: number;
}

async function run(script: ContainerScript, { faults, timeoutSeconds, item }: Given = {}) {
  const { report, progressEvents } = recorded();
  const { source } = scripted([script]);
  const injected = new InjectedFaults({ ...NO_FAULTS, ...faults });
  const output: string[] = [];
  const ended = await runContainer(
    { container: containerOf({}), source, faults: injected, report },
    {
      environment: {},
      memory: 512,
      attempt: '1',
      timeoutSeconds,
      item,
      output: { add: async (_, chunk) => void output.push(chunk.toString()), end: async () => void output.push('end') },
    },
  );
  return { ...ended, progressEvents, output };
}

const ON_SIGTERM: ContainerScript = { onSignal: () => ({ exitCode: 143 }) };
const ON_SIGKILL: ContainerScript = { onSignal: (name) => (name === 'SIGKILL' ? { exitCode: 137 } : undefined) };

it('a container that ends by itself has its exit code, and its output is taken to the end', async () => {
  const { run: ended, output, progressEvents } = await run({ output: 'hello', end: { exitCode: 3 } });
  expect(ended).toMatchObject({ exitCode: 3, statusReason: 'Essential container in task exited' });
  expect(output).toEqual(['hello', 'end']);
  expect(progressEvents).toEqual([]);
});

it('a container that never started has a reason and no exit code', async () => {
  const { run: ended } = await run({ end: { reason: 'no such file' } });
  expect(ended).toMatchObject({ statusReason: 'Task failed to start', reason: 'no such file' });
  expect(ended).not.toHaveProperty('exitCode');
});

it('a timeout is one though the container ends on SIGTERM', async () => {
  const { run: ended, sinceSignal, wasInterrupted, progressEvents } = await run(ON_SIGTERM, { timeoutSeconds: 0.01 });
  expect(ended).toMatchObject({ exitCode: 143, statusReason: 'Job attempt duration exceeded timeout' });
  expect([sinceSignal, wasInterrupted]).toEqual([expect.any(Number), undefined]);
  expect(progressEvents).toMatchObject([{ signal: 'SIGTERM', reason: 'Timeout', grace: 120 }]);
});

it('an interruption that the container ends on is told', async () => {
  const { run: ended, wasInterrupted, progressEvents } = await run(ON_SIGTERM, { faults: { interruptAfter: 0.01 } });
  expect(ended).toMatchObject({ exitCode: 143, statusReason: 'Essential container in task exited' });
  expect(wasInterrupted).toBe(true);
  expect(progressEvents).toMatchObject([{ signal: 'SIGTERM', reason: 'Spot interruption' }]);
});

it('an interruption that the container ignores ends with its instance', async () => {
  const { run: ended, progressEvents } = await run(ON_SIGKILL, { faults: { interruptAfter: 0.01, grace: 0.01 } });
  expect(ended.statusReason).toMatch(/^Host EC2 .* terminated\.$/);
  expect(ended).not.toHaveProperty('exitCode');
  expect(progressEvents).toMatchObject([{ signal: 'SIGTERM' }, { signal: 'SIGKILL', reason: 'still running' }]);
});

it('a timeout during an interruption counts as a timeout, and sends no second SIGTERM', async () => {
  const faults = { interruptAfter: 0.01, grace: 0.2 };
  const { run: ended, progressEvents } = await run(ON_SIGKILL, { faults, timeoutSeconds: 0.02 });
  expect(ended).toMatchObject({ exitCode: 137, statusReason: 'Job attempt duration exceeded timeout' });
  expect(progressEvents).toMatchObject([{ signal: 'SIGTERM' }, { signal: 'SIGKILL' }]);
});

it('the signals of an item have its position', async () => {
  const { progressEvents } = await run(ON_SIGTERM, { timeoutSeconds: 0.01, item: 4 });
  expect(progressEvents).toMatchObject([{ signal: 'SIGTERM', item: 4 }]);
});

it.each([
  [undefined, [{ type: 'made-to-fail', attempt: '1' }]],
  [0, []],
])('an attempt that is made to fail fails though its container succeeds: item %s', async (item, told) => {
  const { run: ended, progressEvents } = await run({ end: { exitCode: 0 } }, { faults: { failAttempts: [1] }, item });
  expect(ended.exitCode).toBe(1);
  expect(progressEvents).toMatchObject(told);
});
