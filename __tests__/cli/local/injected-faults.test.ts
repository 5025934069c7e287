import { InjectedFaults } from '../../../cli/local/injected-faults';

const faults = (given: Partial<ConstructorParameters<typeof InjectedFaults>[0]>) =>
  new InjectedFaults({ failAttempts: [], throttle: 0, ...given });

it('refuses as many submissions as it is told to', () => {
  const injected = faults({ throttle: 2 });
  expect([injected.refuses(), injected.refuses(), injected.refuses()]).toEqual([true, true, false]);
});

it('interrupts the first container only', () => {
  const injected = faults({ interruptAfter: 0.5 });
  expect([injected.interruption(), injected.interruption()]).toEqual([0.5, undefined]);
});

it('interrupts none without the option', () => {
  expect(faults({}).interruption()).toBeUndefined();
});

it('fails the attempts that it is told to', () => {
  const injected = faults({ failAttempts: [2] });
  expect(['1', '2'].map((attempt) => injected.fails(attempt))).toEqual([false, true]);
});

it('lists the options that had no effect', () => {
  const injected = faults({ interruptAfter: 1, timeoutAfter: 1, failAttempts: [1, 3], throttle: 1 });
  expect(injected.unused).toEqual([
    '--interrupt-after',
    '--timeout-after',
    '--fail-attempts 1',
    '--fail-attempts 3',
    '--throttle',
  ]);
  injected.refuses();
  injected.attempts.add('1');
  injected.stopped('timeout');
  expect(injected.unused).toEqual(['--interrupt-after', '--fail-attempts 3']);
  injected.stopped('interruption');
  injected.attempts.add('3');
  expect(injected.unused).toEqual([]);
});
