import type { GetScheduleOutput } from '@aws-sdk/client-scheduler';
import { NAME_LIMITS, physicalNameStart } from '../../modules/rules/naming';
import type { Timing } from '../../triggers/schedule/timing';
import { bounded } from './bounded';
import type { DeployedJob, Deployment } from './deployment';

/** A schedule of EventBridge Scheduler as AWS has it. */
export interface DeployedSchedule {
  readonly name: string;
  readonly timing: Timing;
  readonly enabled: boolean;
}

/** The schedules of EventBridge Scheduler that invoke the job's function, also those that the config no longer has. */
export async function schedulerSchedules(deployment: Deployment, job: DeployedJob): Promise<DeployedSchedule[]> {
  const { scheduler } = deployment.clients;
  const { GetScheduleCommand, ListSchedulesCommand } =
    require('@aws-sdk/client-scheduler') as typeof import('@aws-sdk/client-scheduler');
  const target = deployment.arn('lambda', `function:${job.triggerFunctionName}`);
  const NamePrefix = physicalNameStart(NAME_LIMITS.schedule, deployment.nameStart, job.name);
  const names: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await scheduler.send(new ListSchedulesCommand({ GroupName: GROUP, NamePrefix, NextToken }));
    for (const { Name, Target } of page.Schedules ?? []) {
      // The prefix is also that of other jobs whose names begin with this one's.
      if (Name !== undefined && Target?.Arn === target) names.push(Name);
    }
    NextToken = page.NextToken || undefined;
  } while (NextToken !== undefined);
  return await bounded(names.sort(), async (name) => {
    const schedule = await scheduler.send(new GetScheduleCommand({ GroupName: GROUP, Name: name }));
    return { name, timing: timingOf(schedule), enabled: schedule.State !== 'DISABLED' };
  });
}

/** The group of schedules that name none. */
const GROUP = 'default';

function timingOf(schedule: GetScheduleOutput): Timing {
  const { ScheduleExpression = '', ScheduleExpressionTimezone, StartDate, EndDate, FlexibleTimeWindow } = schedule;
  return {
    scheduleRate: ScheduleExpression,
    timezone: ScheduleExpressionTimezone,
    startDate: StartDate && utc(StartDate),
    endDate: EndDate && utc(EndDate),
    flexibleMinutes: FlexibleTimeWindow?.MaximumWindowInMinutes,
  };
}

function utc(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}
