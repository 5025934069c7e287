import { event, type ScheduleEvent } from 'cdktf-batch-jobs/job';

async function main(): Promise<void> {
  // The scheduled time: a retry fetches the same day.
  const { time } = await event<ScheduleEvent>();
  const yesterday = new Date(Date.parse(time) - 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  console.log(`fetched the orders of ${yesterday}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
