import { retryPlan } from '../../modules/orchestration/retry-plan';
import { stateMachineDocument } from '../../modules/orchestration/state-machine-document';
import { FAILED, REFUSED, stateMeaning } from '../../modules/orchestration/state-names';

const document = stateMachineDocument({
  plan: retryPlan({
    attempts: 12,
    retryIntervalSeconds: 5,
    useSpotInstances: true,
    spotInterruption: { thenOnDemand: true },
  }),
  jobDefinitionArn: 'arn:aws:batch:us-east-1:123456789012:job-definition/report',
  jobQueueArn: 'arn:aws:batch:us-east-1:123456789012:job-queue/spot',
  onDemandJobQueueArn: 'arn:aws:batch:us-east-1:123456789012:job-queue/on-demand',
});

it('every state of a document has the meaning of its type, its attempt and its capacity', () => {
  for (const [name, state] of Object.entries(document.States)) {
    if (name === FAILED || name === REFUSED) {
      expect(stateMeaning(name)).toBeUndefined();
      continue;
    }
    const kinds = { Task: ['job'], Wait: ['wait', 'delay'], Choice: ['decision'], Pass: ['decision'] };
    const meaning = stateMeaning(name);
    expect([name, kinds[state.Type as keyof typeof kinds]]).toEqual([name, expect.arrayContaining([meaning?.kind])]);
    expect(meaning?.attempt).toBe(Number(/\d+/.exec(name)?.[0]));
    expect(meaning?.onDemand).toBe(name.includes('on demand'));
    if (state.Type === 'Task' && 'End' in state) {
      expect(state.Parameters.ContainerOverrides.Environment).toContainEqual({
        Name: 'STP_CURRENT_ATTEMPT',
        Value: String(meaning?.attempt),
      });
      expect(state.Parameters.JobQueue.endsWith('on-demand')).toBe(meaning?.onDemand);
    }
    if (state.Type === 'Wait') expect(meaning?.kind).toBe('Seconds' in state ? 'wait' : 'delay');
  }
});

it.each(['Attempt', 'Attempt x', 'Wait before attempt', 'Process', ''])('"%s" is a state of others', (name) => {
  expect(stateMeaning(name)).toBeUndefined();
});
