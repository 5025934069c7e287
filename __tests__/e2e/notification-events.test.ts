import { RUN_MESSAGE, type RunEnd } from '../../modules/notifications/run-message';
import {
  type AwsEvent,
  EXECUTION_STATUSES,
  executionEvent,
  JOB_STATUSES,
  jobEvent,
} from '../notifications/documented-events';
import { evaluated } from '../notifications/jsonata';
import { type Block, job, jobsStack, Synthesis } from '../synthesis';
import { describeWith } from './engines/availability';
import { AwsApi } from './engines/aws-api';
import { type Emulator, emulatorAvailable, startEmulator } from './engines/ministack';

const REGION = 'eu-west-1';
const alerts = { snsTopicName: 'alerts' };
const told = (notifications: object) => ({ type: 'batch-job', properties: job({ notifications }) }) as const;

/** A stack with jobs whose names begin alike. */
const synthesis = new Synthesis(
  jobsStack(
    {},
    {
      region: REGION,
      resources: {
        alerts: { type: 'sns-topic' },
        report: told({ onFailure: alerts, onStuck: alerts }),
        reportDaily: told({ onSuccess: alerts, onStuck: alerts }),
        reportDailyAll: told({ onFailure: alerts, onSuccess: alerts }),
      },
    },
  ),
);

/** Names of state machines and job definitions: of this stack, of its machinery, and of stacks whose names begin alike. */
const NAMES = [
  'reports-report',
  'reports-reportDaily',
  'reports-reportDailyAll',
  'reports-watch-queues',
  'reports2-report',
  'report-report',
  'a-reports-report',
];

/** Every event that AWS sends of these, by what it is. */
const EVENTS = new Map<string, AwsEvent>([
  ...NAMES.flatMap((name) =>
    EXECUTION_STATUSES.map((status) => [`${name} run ${status}`, executionEvent(name, status)] as const),
  ),
  ...NAMES.flatMap((name) => JOB_STATUSES.map((status) => [`${name} job ${status}`, jobEvent(name, status)] as const)),
  ["a program's event", { ...executionEvent('reports-report', 'FAILED'), source: 'program' }],
  ['an event of a map', { ...executionEvent('reports-report', 'FAILED'), 'detail-type': 'Step Functions Map Run' }],
]);

/** A text of the stack as it is once its resources are there. */
function applied(text: unknown): string {
  const name = (type: string, id: string) => String(synthesis.byId(type)[id]?.name);
  return String(text)
    .replace(/\$\{aws_sfn_state_machine\.(\w+)\.arn\}/g, (_, id: string) =>
      machineArn(name('aws_sfn_state_machine', id)),
    )
    .replace(
      /\$\{aws_batch_job_definition\.(\w+)\.arn_prefix\}/g,
      (_, id: string) => `arn:aws:batch:${REGION}:123456789012:job-definition/${name('aws_batch_job_definition', id)}`,
    );
}

const machineArn = (name: string) => `arn:aws:states:${REGION}:123456789012:stateMachine:${name}`;

/** ministack matches patterns with its own implementation, which follows that of EventBridge. */
describeWith([emulatorAvailable()], "the rules' patterns and events as AWS documents them", () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(() => emulator?.stop());

  async function matched({ event_pattern: pattern }: Block): Promise<string[]> {
    const EventPattern = applied(pattern);
    expect(EventPattern).not.toContain('${');
    const api = new AwsApi(emulator, REGION);
    const found: string[] = [];
    for (const [what, event] of EVENTS) {
      const request = { EventPattern, Event: JSON.stringify(event) };
      const { Result } = await api.json<{ Result: boolean }>('events', 'AWSEvents.TestEventPattern', request);
      if (Result) found.push(what);
    }
    return found;
  }

  it.each([
    ['report_RunEnded_Rule', ['report run FAILED', 'report run TIMED_OUT', 'report run ABORTED']],
    ['report_Stuck_Rule', ['report job RUNNABLE']],
    ['reportDaily_RunEnded_Rule', ['reportDaily run SUCCEEDED']],
    ['reportDaily_Stuck_Rule', ['reportDaily job RUNNABLE']],
    [
      'reportDailyAll_RunEnded_Rule',
      ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'].map((status) => `reportDailyAll run ${status}`),
    ],
  ])('%s matches its own events and no others', async (id, expected) => {
    const rule = synthesis.byId('aws_cloudwatch_event_rule')[id] ?? {};
    expect(await matched(rule)).toEqual(expected.map((what) => `reports-${what}`));
  });

  it('there are no further rules', () => {
    expect(Object.keys(synthesis.byId('aws_cloudwatch_event_rule'))).toHaveLength(5);
  });

  it.each(['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const)(
    'the message about an event %s can be written from what the rule sends',
    async (status) => {
      const event = executionEvent('reports-reportDailyAll', status);
      const target = synthesis.one('aws_cloudwatch_event_target', 'reportDailyAll_RunEnded_Target');
      const { input_paths, input_template } = target.input_transformer as {
        input_paths: object;
        input_template: string;
      };
      expect(input_paths).toEqual({ detail: '$.detail' });
      const input: RunEnd = JSON.parse(applied(input_template).replace('<detail>', JSON.stringify(event.detail)));
      const { detail } = await evaluated<{ detail: object }>(RUN_MESSAGE, { input });
      expect(detail).toMatchObject({
        kind: status === 'SUCCEEDED' ? 'succeeded' : 'failed',
        stack: 'reports',
        job: 'reportDailyAll',
        run: 'nightly-e04f0ac63e52',
        status,
        stateMachineArn: machineArn('reports-reportDailyAll'),
      });
    },
  );
});
