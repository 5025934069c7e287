import { paginateListExecutions, SFNClient } from '@aws-sdk/client-sfn';
import { event, onReclaim, type ScheduleEvent } from 'cdktf-batch-jobs/job';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The number of executions by status that started within 24 hours before `end`. */
async function countExecutions(stateMachineArn: string, end: Date): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const begin = new Date(end.getTime() - DAY_MS);
  for await (const { executions = [] } of paginateListExecutions({ client: new SFNClient({}) }, { stateMachineArn })) {
    for (const { startDate, status = 'UNKNOWN' } of executions) {
      if (startDate === undefined || startDate >= end) continue;
      // The newest executions are first.
      if (startDate < begin) return counts;
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
  }
  return counts;
}

function reportOf(counts: ReadonlyMap<string, number>, end: Date): string {
  const lines = [...counts].sort().map(([status, count]) => `${status.toLowerCase().replace('_', ' ')}: ${count}`);
  return [`Runs until ${end.toISOString()}`, ...(lines.length === 0 ? ['none'] : lines)].join('\n');
}

async function post(url: string, text: string): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) throw new Error(`the chat answers ${response.status}`);
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

async function main(): Promise<void> {
  // The scheduled time: a retry reports on the same day.
  const end = new Date((await event<ScheduleEvent>()).time);
  const report = reportOf(await countExecutions(variable('STATE_MACHINE_ARN'), end), end);
  console.log(report);
  await post(variable('WEBHOOK_URL'), report);
}

// A Spot interruption restarts the job, which uses no attempt. There is no progress to save.
onReclaim(() => undefined);

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
