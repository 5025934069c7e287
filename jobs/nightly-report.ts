import { setTimeout as delay } from 'node:timers/promises';

// The code of the job in batch-jobs.config.ts. AWS Batch runs it in a container, with the event that started the run.
const { STP_TRIGGER_EVENT_DATA = '{}', REPORT_FORMAT = 'csv' } = process.env;

// AWS takes the Spot instance back: 143 asks AWS Batch to start the job again, which uses up no attempt.
process.once('SIGTERM', () => process.exit(143));

async function main(): Promise<void> {
  const event: { readonly time?: string } = JSON.parse(STP_TRIGGER_EVENT_DATA);
  console.log(`report for ${event.time}`);
  await delay(500); // Your work.
  console.log(`wrote report.${REPORT_FORMAT}`);
}

void main();
