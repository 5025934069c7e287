import { capacityFacts, capacityText } from '../../../cli/model/capacity-text';
import type { CapacityState, EnvironmentState, QueueState } from '../../../cli/model/deployed';

const queue = (differences: Partial<QueueState> = {}): QueueState => ({
  name: 'reports-queue',
  state: 'ENABLED',
  status: 'VALID',
  environments: ['spot', 'on-demand'],
  ...differences,
});

const environment = (name: string, differences: Partial<EnvironmentState> = {}): EnvironmentState => ({
  name,
  state: 'ENABLED',
  status: 'VALID',
  isSpot: name === 'spot',
  desiredVcpus: 4,
  maxVcpus: 256,
  ...differences,
});

/** A queue with two environments, and an environment of another queue. */
function capacity(
  ofQueue: Partial<QueueState> = {},
  spot: Partial<EnvironmentState> = {},
  onDemand: Partial<EnvironmentState> = {},
): CapacityState {
  const other = environment('other', { state: 'DISABLED', desiredVcpus: 1000 });
  return {
    queues: [queue({ name: 'another', state: 'DISABLED' }), queue(ofQueue)],
    environments: [other, environment('spot', spot), environment('on-demand', onDemand)],
  };
}

const text = (state: CapacityState) => capacityText(state, 'reports-queue');

describe('the capacity of a queue in one line', () => {
  it('is the sum of its environments', () => {
    expect(text(capacity({}, { desiredVcpus: 2 }, { maxVcpus: 64 }))).toBe('6 of 320 vCPUs running');
  });

  it('takes what is not known for nothing', () => {
    expect(text(capacity({}, { desiredVcpus: undefined, maxVcpus: undefined }))).toBe('4 of 256 vCPUs running');
  });

  it('is what keeps the queue from starting jobs, before its environments', () => {
    expect(text(capacity({ state: 'DISABLED' }, { status: 'INVALID' }))).toBe('DISABLED, VALID');
    expect(text(capacity({ status: 'INVALID', reason: 'no environment' }))).toBe('ENABLED, INVALID: no environment');
  });

  it('is what is wrong with an environment', () => {
    const reason = 'CLIENT_ERROR - the role is missing';
    expect(text(capacity({}, {}, { status: 'INVALID', reason }))).toBe(`ENABLED, INVALID: ${reason}`);
    expect(text(capacity({}, { state: 'DISABLED' }))).toBe('DISABLED, VALID');
  });

  it('goes on while something is updated', () => {
    expect(text(capacity({ status: 'UPDATING' }, { status: 'UPDATING' }))).toBe('8 of 512 vCPUs running');
  });

  it('is nothing where nothing is known', () => {
    expect(capacityText(undefined, 'reports-queue')).toBeUndefined();
    expect(capacityText(capacity(), 'elsewhere')).toBeUndefined();
    expect(capacityText(capacity(), undefined)).toBeUndefined();
    expect(text(capacity({ environments: [] }))).toBeUndefined();
  });
});

describe('the details of what a job runs on', () => {
  it('are those of the queue and of each environment behind it', () => {
    const state = capacity({ href: 'https://q' }, { href: 'https://e', status: 'INVALID', reason: 'no role' });
    expect(capacityFacts(state, 'reports-queue')).toEqual([
      { label: 'Queue', value: 'reports-queue', isCode: true, href: 'https://q' },
      { label: 'Queue state', value: 'ENABLED, VALID' },
      { label: 'Environment', value: 'spot', isCode: true, href: 'https://e' },
      { label: 'Environment state', value: 'ENABLED, INVALID: no role' },
      { label: 'vCPUs running', value: '4 of 256 vCPUs' },
      { label: 'Environment', value: 'on-demand', isCode: true, href: undefined },
      { label: 'Environment state', value: 'ENABLED, VALID' },
      { label: 'vCPUs running', value: '4 of 256 vCPUs' },
    ]);
  });

  it('are none where nothing is known', () => {
    expect(capacityFacts(undefined, 'reports-queue')).toEqual([]);
    expect(capacityFacts(capacity(), 'elsewhere')).toEqual([]);
  });
});
