// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets

import { DataArchiveFile } from '@cdktf/provider-archive/lib/data-archive-file';
import { ArchiveProvider } from '@cdktf/provider-archive/lib/provider';
import { keepUndelivered, NodeFunction, type NodeFunctionProps } from '../../modules/orchestration/node-function';
import { UndeliveredEvents } from '../../modules/orchestration/undelivered-events';
import { AwsContext } from '../../modules/terraform/aws-context';
import { foreignStack, permissions, Synthesis } from '../synthesis';

function make(props: Partial<NodeFunctionProps> = {}) {
  const stack = foreignStack();
  const aws = new AwsContext(stack, 'aws');
  new ArchiveProvider(stack, 'archive');
  const { queue } = new UndeliveredEvents(stack, 'undelivered', { stackName: 'reports', aws });
  const made = new NodeFunction(stack, 'fn', {
    name: 'reports-fn',
    nameParts: ['reports', 'fn'],
    aws,
    description: 'a function',
    archive: new DataArchiveFile(stack, 'zip', { type: 'zip', sourceFile: 'index.js', outputPath: 'fn.zip' }),
    handler: 'index.handler',
    memoryMb: 256,
    timeoutSeconds: 30,
    statements: [keepUndelivered(queue)],
    undeliveredEvents: queue,
    ...props,
  });
  return { made, synthesis: () => new Synthesis(stack) };
}

describe('NodeFunction', () => {
  it("runs on arm64 with Lambda's size of /tmp, without variables and without a log", () => {
    const { made, synthesis } = make();
    const { architectures, ephemeral_storage, environment, depends_on, timeout, memory_size } =
      synthesis().one('aws_lambda_function');
    expect({ architectures, timeout, memory_size }).toEqual({
      architectures: ['arm64'],
      timeout: 30,
      memory_size: 256,
    });
    expect([ephemeral_storage, environment]).toEqual([undefined, undefined]);
    expect(depends_on).toEqual(['aws_iam_role.fn_Role', 'aws_iam_role_policy.fn_Role_Policy']);
    expect(made.logGroup).toBeUndefined();
    expect(synthesis().all('aws_cloudwatch_log_group')).toEqual([]);
  });

  it('has the architecture, the storage and the variables that are asked for', () => {
    const { synthesis } = make({ architecture: 'x86_64', storageMb: 1024, variables: { MODE: 'fast' } });
    expect(synthesis().one('aws_lambda_function')).toMatchObject({
      architectures: ['x86_64'],
      ephemeral_storage: { size: 1024 },
      environment: { variables: { MODE: 'fast' } },
    });
  });

  it('writes its log, and nothing else, into a group that expires', () => {
    const { synthesis } = make({ retentionDays: 14 });
    expect(synthesis().one('aws_cloudwatch_log_group')).toMatchObject({
      name: '/aws/lambda/reports-fn',
      retention_in_days: 14,
    });
    expect(permissions(synthesis(), 'fn_Role_Policy')).toContainEqual(
      expect.objectContaining({
        Sid: 'WriteLog',
        Resource: ['${aws_cloudwatch_log_group.fn_LogGroup.arn}:*'],
      }),
    );
  });

  it.each([
    [undefined, 1],
    [true, 1],
    [false, 0],
  ])('keepsFailedEvents: %s gives %d destinations of failed events', (keepsFailedEvents, count) => {
    const configs = make({ keepsFailedEvents }).synthesis().all('aws_lambda_function_event_invoke_config');
    expect(configs).toHaveLength(count);
    for (const config of configs) {
      expect(config).toMatchObject({ maximum_retry_attempts: 2, maximum_event_age_in_seconds: 21_600 });
    }
  });

  it('has one role for all its schedules', () => {
    const { made } = make();
    expect(made.schedulerRole()).toBe(made.schedulerRole());
  });
});
