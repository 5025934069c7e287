import fc from 'fast-check';
import { eventBudget } from '../../modules/orchestration/event-budget';
import { retryPlan } from '../../modules/orchestration/retry-plan';
import { stateMachineDocument } from '../../modules/orchestration/state-machine-document';

const QUEUE = 'arn:aws:batch:eu-west-1:123456789012:job-queue/';

function document(attempts: number, thenOnDemand = false) {
  const spotInterruption = { freeRestarts: 3, thenOnDemand };
  const plan = retryPlan({
    attempts,
    retryIntervalSeconds: 0,
    retryIntervalMultiplier: 1,
    spotInterruption,
    useSpotInstances: thenOnDemand,
  });
  const jobDefinitionArn = 'arn:aws:batch:eu-west-1:123456789012:job-definition/reports';
  return stateMachineDocument({ plan, jobDefinitionArn, jobQueueArn: `${QUEUE}a`, onDemandJobQueueArn: `${QUEUE}b` });
}

describe('eventBudget', () => {
  it('lets the overrides of every submission pass the limit by not a character, AWS’s own 588 included', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.boolean(), (attempts, thenOnDemand) => {
        const { States } = document(attempts, thenOnDemand);
        const budget = eventBudget({ Comment: '', StartAt: '', States });
        const lengths = Object.values(States).flatMap((state) => {
          if (state.Type !== 'Task' || !('End' in state)) return [];
          const environment = state.Parameters.ContainerOverrides.Environment.map((variable) => ({
            name: variable.Name,
            // An event that fills its budget as a JSON string, quotes included.
            value: 'Value' in variable ? variable.Value : 'x'.repeat(budget - 2),
          }));
          return [JSON.stringify({ containerOverrides: [{ name: '', environment }] }).length];
        });
        expect(Math.max(...lengths)).toBe(8192 - 588);
      }),
      { numRuns: 30 },
    );
  });

  it('leaves less where attempts take more digits: in both variables', () => {
    expect(eventBudget(document(9)) - eventBudget(document(10))).toBe(2);
    expect(eventBudget(document(1))).toBe(7422);
  });

  it('leaves less where a submission overrides the memory: what ECS may get of it', () => {
    const plan = retryPlan({ attempts: 2, memory: 512, onOutOfMemory: { maxMemory: 1024 } });
    const jobDefinitionArn = 'arn:aws:batch:eu-west-1:123456789012:job-definition/reports';
    const levelled = stateMachineDocument({ plan, jobDefinitionArn, jobQueueArn: `${QUEUE}a` });
    expect(eventBudget(document(2)) - eventBudget(levelled)).toBe(47);
  });
});
