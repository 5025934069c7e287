import type { PlanDocument } from '../../../cli/deploy/plan-document';
import { planSummary } from '../../../cli/deploy/plan-summary';
import { change, stack } from './told-plan';

describe('a plan without changes', () => {
  it.each([
    ['an empty one', {}],
    ['reads and no-ops', change('aws_sqs_queue.inbox_Queue_0A1B2C3D', ['no-op'])],
    ['data sources', { resource_changes: [{ ...change('x.y', ['create']).resource_changes?.[0], mode: 'data' }] }],
    ['outputs that stay', { output_changes: { url: { actions: ['no-op'] } } }],
  ])('is %s', (_, plan) => {
    expect(planSummary(stack, plan as PlanDocument)).toMatchObject({ hasChanges: false, owners: [], outputs: [] });
  });
});

it('knows a job that is gone by its definition, wherever it was', () => {
  const [one] = change('aws_batch_job_definition.old_JobDefinition_0A1B2C3D', ['delete']).resource_changes ?? [];
  const [two] = change('aws_sqs_queue.old_inner_Queue_0A1B2C3D', ['delete']).resource_changes ?? [];
  const summary = planSummary(stack, { resource_changes: [one, two].flatMap((each) => each ?? []) });
  expect(summary.owners).toMatchObject([{ kind: 'job', name: 'old', action: 'destroy', parts: [{}, {}] }]);
});

describe('what is lost is told once', () => {
  const kinds = (...addresses: string[]) => {
    const resource_changes = addresses.flatMap((address) => change(address, ['delete']).resource_changes ?? []);
    return planSummary(stack, { resource_changes }).owners.flatMap(({ parts }) =>
      parts.flatMap(({ type, consequences }) => consequences.map(({ kind }) => `${type} ${kind}`)),
    );
  };

  it('by the state machine of a job, not also by its definition', () => {
    const [definition, machine] = [
      'aws_batch_job_definition.a_Definition_0A1B2C3D',
      'aws_sfn_state_machine.a_Machine_0A1B2C3D',
    ];
    expect(kinds(definition, machine)).toEqual(['aws_sfn_state_machine runs']);
    expect(kinds(definition)).toEqual(['aws_batch_job_definition runs']);
  });

  it('by a file system, not also by its mount targets', () => {
    const [target, files] = ['aws_efs_mount_target.a_Zone1_0A1B2C3D', 'aws_efs_file_system.a_Files_0A1B2C3D'];
    expect(kinds(target, files)).toEqual(['aws_efs_file_system data']);
    expect(kinds(target)).toEqual(['aws_efs_mount_target runs']);
  });

  it('and not at all for what keeps limits that no job has any more', () => {
    const table = 'aws_dynamodb_table.batch-platform_run-places_Table_0A1B2C3D';
    expect(kinds(table)).toEqual([]);
    const replaced = planSummary(stack, change(table, ['delete', 'create']));
    expect(replaced.owners[0]?.parts[0]?.consequences).toHaveLength(1);
    expect(kinds('aws_dynamodb_table.orders_Table_0A1B2C3D')).toEqual(['aws_dynamodb_table data']);
  });
});
