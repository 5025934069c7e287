import { Testing } from 'cdktf';
import { OVERRIDABLE, type Overrides } from '../../modules/config/overrides';
import { parse } from '../../modules/config/parse';
import { ConfigError } from '../../modules/problems/config-error';
import type { Problem } from '../../modules/problems/problem';
import { BatchJobsStack } from '../../modules/stack';
import { batchJobsConfig } from '../../modules/stack-config/config';
import { found } from '../found';
import { tokens } from '../stack-config/samples';
import { document, job, Synthesis } from '../synthesis';

function stack(overrides: Overrides, properties: object = {}, more: object = {}) {
  const resources = { report: { type: 'batch-job', properties: job(properties), overrides }, ...more };
  const config = { stackName: 'reports', resources };
  return new BatchJobsStack(Testing.app(), parse(batchJobsConfig, config, 'test'));
}

function synthesis(...args: Parameters<typeof stack>): Synthesis {
  return new Synthesis(stack(...args));
}

function problems(...args: Parameters<typeof stack>): readonly Problem[] {
  try {
    stack(...args);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return found(error);
    throw error;
  }
}

describe('an attribute', () => {
  it('is set over what the project sets, and the rest stays', () => {
    const plain = synthesis({}).one('aws_lambda_function', 'Trigger');
    const changed = synthesis({ TriggerFunction: { memory_size: 512, reserved_concurrent_executions: 5 } });
    expect(changed.one('aws_lambda_function', 'Trigger')).toEqual({
      ...plain,
      memory_size: 512,
      reserved_concurrent_executions: 5,
    });
  });

  it('that is a block or a map is merged with what is there', () => {
    const result = synthesis(
      { StateMachine: { logging_configuration: { level: 'ALL' }, tags: { cost: 'b' } } },
      { tags: { team: 'data' } },
    );
    expect(result.one('aws_sfn_state_machine')).toMatchObject({
      logging_configuration: { level: 'ALL', include_execution_data: false },
      tags: { team: 'data', cost: 'b' },
    });
  });

  it('that is a list is replaced, and taken away by null', () => {
    const result = synthesis({ TriggerFunction: { architectures: ['x86_64'], description: null } });
    const { architectures, description } = result.one('aws_lambda_function', 'Trigger');
    expect(architectures).toEqual(['x86_64']);
    expect(description).toBeUndefined();
  });

  it('that holds a JSON document is merged with it', () => {
    const read = (result: Synthesis) =>
      document<Record<string, unknown>>(result.one('aws_batch_job_definition').container_properties);
    const plain = read(synthesis({}));
    const container_properties = { linuxParameters: { sharedMemorySize: 1024 }, ulimits: null };
    const changed = read(synthesis({ JobDefinition: { container_properties } }));
    const { ulimits, ...rest } = plain;
    expect(ulimits).toBeDefined();
    expect(changed).toEqual({ ...rest, linuxParameters: { sharedMemorySize: 1024 } });
  });

  it('that contains a JSON document is replaced by a string', () => {
    const result = synthesis({ JobDefinition: { container_properties: '{}' } });
    expect(result.one('aws_batch_job_definition').container_properties).toBe('{}');
  });

  it('is literal: Terraform reads no expression in it', () => {
    const result = synthesis({ LogGroup: { tags: { note: '${HOME} %{if}' } } });
    expect(result.one('aws_cloudwatch_log_group', 'report_LogGroup').tags).toEqual({ note: '$${HOME} %%{if}' });
  });

  it('takes directives', () => {
    const kms_key_id = "$ResourceParam('inbox', 'arn')";
    const result = synthesis({ LogGroup: { kms_key_id } }, {}, { inbox: { type: 'sqs-queue' } });
    expect(result.one('aws_cloudwatch_log_group', 'report_LogGroup').kms_key_id).toBe('${aws_sqs_queue.inbox.arn}');
  });

  it('of what Terraform does with the resource is set too', () => {
    const result = synthesis({ LogGroup: { lifecycle: { prevent_destroy: true } } });
    expect(result.one('aws_cloudwatch_log_group', 'report_LogGroup').lifecycle).toEqual({
      create_before_destroy: true,
      prevent_destroy: true,
    });
  });

  it('of a part of an event is set by the place of the event', () => {
    const events = ['rate(1 hour)', 'rate(2 hours)'].map((scheduleRate) => ({
      type: 'schedule',
      properties: { scheduleRate },
    }));
    const result = synthesis({ Event2Rule: { description: 'each second hour' } }, { events });
    const descriptions = result
      .all('aws_cloudwatch_event_rule')
      .map((rule) => [rule.schedule_expression, rule.description]);
    expect(Object.fromEntries(descriptions)).toEqual({
      'rate(1 hour)': undefined,
      'rate(2 hours)': 'each second hour',
    });
  });
});

describe('what cannot be set', () => {
  it('is a resource with a name of no job: a problem of the config, like all others', () => {
    const config = {
      stackName: 'reports',
      resources: {
        report: { type: 'batch-job', properties: job({ timeout: 5 }), overrides: { JobDefinitions: {}, Bucket: {} } },
      },
    };
    const accepted = `${OVERRIDABLE.join(', ')}, or a part of an event such as Event1Rule`;
    const refused = () => parse(batchJobsConfig, config, 'test');
    expect(refused).toThrow(ConfigError);
    try {
      refused();
    } catch (error) {
      expect(found(error as ConfigError)).toEqual([
        expect.objectContaining({ path: 'resources.report.properties.timeout' }),
        {
          path: 'resources.report.overrides.JobDefinitions',
          found: '"JobDefinitions"',
          accepted,
          fix: 'did you mean "JobDefinition"?',
        },
        {
          path: 'resources.report.overrides.Bucket',
          found: '"Bucket"',
          accepted,
          fix: 'use a name from the list in docs/configure/overrides.md',
        },
      ]);
    }
  });

  it('is a resource that this job does not have', () => {
    expect(problems({ LogGroup: { retention_in_days: 1 } }, { logging: { disabled: true } })).toMatchObject([
      {
        path: 'resources.report.overrides.LogGroup',
        found: '"LogGroup"',
        accepted: expect.stringContaining('StateMachineLogGroup'),
      },
    ]);
    expect(problems({ ReportStateMachineLogGroup: {} })).toMatchObject([
      { fix: 'did you mean "StateMachineLogGroup"?' },
    ]);
    expect(problems({ ReportJobRole: {} })).toMatchObject([{ fix: 'did you mean "JobRole"?' }]);
    expect(problems({ Event1Rule: {} })).toMatchObject([
      { path: 'resources.report.overrides.Event1Rule', fix: 'remove it: the job has no such resource' },
    ]);
  });

  it('is an attribute that the resource does not have', () => {
    expect(problems({ TriggerFunction: { memorySize: 5, nothing_like_it: 1 } })).toMatchObject([
      {
        path: 'resources.report.overrides.TriggerFunction.memorySize',
        found: 'the unknown attribute "memorySize"',
        accepted: expect.stringMatching(/^an attribute of aws_lambda_function: architectures, /),
        fix: 'did you mean "memory_size"?',
      },
      { path: 'resources.report.overrides.TriggerFunction.nothing_like_it', fix: 'remove it' },
    ]);
  });

  it('is an object instead of a string', () => {
    expect(problems({ LogGroup: { name: { a: 1 } } })).toEqual([
      {
        path: 'resources.report.overrides.LogGroup.name',
        found: '{"a":1}',
        accepted: 'a string, as the attribute is one',
        fix: 'write a string',
      },
    ]);
  });
});

it('every job has what the names say, and what else it has belongs to its properties', () => {
  const { jobs } = stack({});
  const names = [...(jobs.get('report')?.resources.keys() ?? [])].sort();
  expect(names).toEqual([...OVERRIDABLE].sort());
});

it('everything else that a job can have is accepted by the config', () => {
  const { TEXT } = tokens();
  const properties = {
    logging: { logForwarding: { type: 'highlight', properties: { projectId: 'abc' } } },
    events: [
      { type: 'schedule', properties: { scheduleRate: 'rate(1 hour)' } },
      { type: 'sqs', properties: { sqsQueueName: 'inbox' } },
      { type: 'event-bus', properties: { useDefaultBus: true, eventPattern: { source: [TEXT] } } },
    ],
  };
  const { jobs } = stack({}, properties, { inbox: { type: 'sqs-queue' } });
  const overrides = Object.fromEntries([...(jobs.get('report')?.resources.keys() ?? [])].map((name) => [name, {}]));
  expect(Object.keys(overrides).length).toBeGreaterThan(OVERRIDABLE.length + 3);
  expect(problems(overrides, properties, { inbox: { type: 'sqs-queue' } })).toEqual([]);
});
