import {
  type DashboardBody,
  type DashboardStack,
  dashboardBody,
  MOST_JOBS,
} from '../../modules/dashboard/dashboard-body';
import type { Metric, Widget } from '../../modules/dashboard/widgets';
import { problemsOf } from './dashboard-rules';

function stack(jobs: number, clusters = 2): DashboardStack {
  return {
    stackName: 'shop-reports',
    region: 'eu-west-1',
    jobs: Array.from({ length: jobs }, (_, index) => ({
      name: `job${index}`,
      stateMachineArn: `arn:aws:states:eu-west-1:123456789012:stateMachine:shop-reports-job${index}`,
      stateMachineLogGroup: `/aws/vendedlogs/states/shop-reports-job${index}`,
      functionName: `shop-reports-job${index}-trigger`,
    })),
    clusters: Array.from({ length: clusters }, (_, index) => ({ label: `kind${index}`, name: `cluster-${index}` })),
    undeliveredEvents: 'shop-reports-undelivered-events',
  };
}

/** Properties of the widgets of any type. */
function propertiesOf({ widgets }: DashboardBody): { readonly [property: string]: unknown }[] {
  return widgets.map(({ properties }) => properties);
}

const graphs = (jobs: number) =>
  Object.fromEntries(
    propertiesOf(dashboardBody(stack(jobs))).map((properties) => [properties.title ?? 'text', properties]),
  );

it.each([0, 1, 2, 100, 166, 167, MOST_JOBS, 1_000])('of %d jobs is what CloudWatch accepts', (jobs) => {
  const body = dashboardBody(stack(jobs, 30));
  expect(problemsOf(body)).toEqual([]);
  expect(JSON.stringify(body).length).toBeLessThan(600_000);
});

it('is checked by rules that find faults', () => {
  const [first, ...others] = dashboardBody(stack(1)).widgets;
  const widget = { ...others[0], properties: { ...others[0]?.properties, metrics: [['AWS/States']] } };
  expect(problemsOf({ widgets: [first, first, widget] as never })).toEqual([
    '2: metric of 1 names',
    '0 lies on another',
  ]);
});

it('has the runs of each job by their ends', () => {
  const { metrics, stat, region } = graphs(2)['Runs failed, timed out or stopped'] ?? {};
  expect({ stat, region }).toEqual({ stat: 'Sum', region: 'eu-west-1' });
  const of = (index: number) => `arn:aws:states:eu-west-1:123456789012:stateMachine:shop-reports-job${index}`;
  expect(metrics).toEqual([
    ['AWS/States', 'ExecutionsFailed', 'StateMachineArn', of(0), { label: 'job0 failed' }],
    ['AWS/States', 'ExecutionsTimedOut', 'StateMachineArn', of(0), { label: 'job0 timed out' }],
    ['AWS/States', 'ExecutionsAborted', 'StateMachineArn', of(0), { label: 'job0 stopped' }],
    ['AWS/States', 'ExecutionsFailed', 'StateMachineArn', of(1), { label: 'job1 failed' }],
    ['AWS/States', 'ExecutionsTimedOut', 'StateMachineArn', of(1), { label: 'job1 timed out' }],
    ['AWS/States', 'ExecutionsAborted', 'StateMachineArn', of(1), { label: 'job1 stopped' }],
  ]);
});

it('has durations in minutes, with the statistics that differ', () => {
  const all = graphs(1);
  expect(['median', '90th percentile', 'longest'].map((what) => all[`Duration of runs, ${what}`]?.stat)).toEqual([
    'p50',
    'p90',
    'Maximum',
  ]);
  expect(all['Duration of runs, median']?.metrics).toEqual([
    [{ expression: 'METRICS("m")/60000', label: '' }],
    [
      ...['AWS/States', 'ExecutionTime', 'StateMachineArn'],
      'arn:aws:states:eu-west-1:123456789012:stateMachine:shop-reports-job0',
      { label: 'job0', id: 'm0', visible: false },
    ],
  ]);
});

it('finds the instances by the words of the name of the stack', () => {
  expect(graphs(1)['Instance hours per hour']?.metrics).toEqual([
    [
      {
        expression:
          'SEARCH(\'{AWS/EC2,AutoScalingGroupName} MetricName="CPUUtilization" AND AutoScalingGroupName=shop AND ' +
          "AutoScalingGroupName=reports', 'SampleCount', 3600)/12",
        label: '',
      },
    ],
  ]);
});

it('has queries of at most 50 log groups', () => {
  const queries = propertiesOf(dashboardBody(stack(101))).flatMap(({ query }) => query ?? []);
  expect(queries.map((query) => String(query).split('SOURCE ').length - 1)).toEqual([50, 50, 1]);
  expect(queries[2]).toMatch(/^SOURCE '\/aws\/vendedlogs\/states\/shop-reports-job100' \| filter type like/);
});

it('says which jobs it has no room for', () => {
  const markdown = (jobs: number) => String(propertiesOf(dashboardBody(stack(jobs)))[0]?.markdown);
  expect(markdown(MOST_JOBS)).not.toContain('no room');
  expect(markdown(300)).toContain(`The first ${MOST_JOBS} of 300 jobs are shown`);
});

it('has widgets of three types, and lines with the options that CloudWatch has', () => {
  // @ts-expect-error a text has no query
  const widget: Widget = { type: 'text', height: 1, properties: { query: 'fields @message' } };
  // @ts-expect-error the option is `label`
  const metric: Metric = ['AWS/SQS', 'NumberOfMessagesSent', { title: 'sent' }];
  expect([widget, metric]).toHaveLength(2);
});
