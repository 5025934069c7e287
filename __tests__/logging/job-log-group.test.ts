import { createJobLogGroup } from '../../modules/logging/job-log-group';
import { foreignStack, Synthesis } from '../synthesis';

function logGroup(props: Partial<Parameters<typeof createJobLogGroup>[2]> = {}) {
  const stack = foreignStack();
  createJobLogGroup(stack, 'LogGroup', {
    stackName: 'reports',
    aws: {},
    jobName: 'nightly',
    retentionDays: 90,
    ...props,
  });
  return new Synthesis(stack).one('aws_cloudwatch_log_group');
}

describe('createJobLogGroup', () => {
  it('is named by stack and job, and keeps records for a time', () => {
    expect(logGroup()).toEqual({
      name: '/batch-jobs/reports/nightly',
      retention_in_days: 90,
      // Deleted after the job definition has changed: without its group no container starts.
      lifecycle: { create_before_destroy: true },
    });
  });

  it('bears the tags of the job', () => {
    expect(logGroup({ retentionDays: 7, tags: { team: 'x' } })).toMatchObject({
      name: '/batch-jobs/reports/nightly',
      retention_in_days: 7,
      tags: { team: 'x' },
    });
  });

  it('cuts a long name to 512 characters', () => {
    expect(logGroup({ jobName: 'a'.repeat(600) }).name).toMatch(/^\/batch-jobs\/reports\/a+-[0-9a-f]{8}$/);
    expect(logGroup({ jobName: 'a'.repeat(600) }).name).toHaveLength(512);
  });
});
