import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import type { BatchJob } from '../batch-job';
import type { BatchPlatform } from '../batch-platform';
import { NAME_LIMITS, physicalName } from '../rules/naming';
import { jsonLiteral } from '../terraform/literal';
import { dashboardBody } from './dashboard-body';

/** Properties of {@link Dashboard}. */
export interface DashboardProps {
  readonly platform: BatchPlatform;
  /** Jobs of the platform. */
  readonly jobs: readonly BatchJob[];
}

/** The CloudWatch dashboard of a stack: runs, failures, durations, capacity and undelivered events. */
export class Dashboard extends Construct {
  readonly dashboard: CloudwatchDashboard;

  constructor(scope: Construct, id: string, { platform, jobs }: DashboardProps) {
    super(scope, id);
    const { stackName, aws, capacity, undeliveredEvents } = platform;
    const region = platform.region ?? aws.region;
    this.dashboard = new CloudwatchDashboard(this, 'Resource', {
      // Dashboards are not of a region, but a stack is.
      dashboardName: `${physicalName(NAME_LIMITS.dashboard, stackName)}-${region}`,
      dashboardBody: jsonLiteral(
        dashboardBody({
          stackName,
          region,
          jobs: jobs.map(({ name, stateMachine, trigger }) => ({
            name,
            stateMachineArn: stateMachine.stateMachine.arn,
            stateMachineLogGroup: stateMachine.logGroup.name,
            functionName: trigger.function.functionName,
          })),
          clusters: [...capacity.pools].map(([label, { environment }]) => ({
            label,
            // The ARN ends with /<name>.
            name: Fn.basename(environment.ecsClusterArn),
          })),
          undeliveredEvents: undeliveredEvents.queue.name,
        }),
      ),
    });
  }
}
