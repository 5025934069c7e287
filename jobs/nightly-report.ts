import { setTimeout as delay } from 'node:timers/promises';
import { event, onReclaim, type ScheduleEvent } from 'cdktf-batch-jobs/job';

// The job in the config. AWS Batch runs this file in a container.
const { REPORT_FORMAT = 'csv' } = process.env;

// At a Spot interruption, save your progress here. AWS Batch then starts the job again, which uses up no attempt.
onReclaim(() => console.log('interrupted'));

async function main(): Promise<void> {
  const { time } = await event<ScheduleEvent>();
  console.log(`report for ${time}`);
  await delay(500); // Your work.
  console.log(`wrote report.${REPORT_FORMAT}`);
}

void main();
