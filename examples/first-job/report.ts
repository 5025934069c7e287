import { setTimeout as delay } from 'node:timers/promises';

// The code of the job in batch-jobs.config.ts. It says what a job is told about its run.
const { STP_TRIGGER_EVENT_DATA = '{}', STP_CURRENT_ATTEMPT, STP_MAXIMUM_ATTEMPTS, REPORT_FORMAT = 'csv' } = process.env;

// The Spot instance goes away: 143 asks for the run to be started again, which uses up no attempt.
process.once('SIGTERM', () => process.exit(143));

async function main(): Promise<void> {
  const event: unknown = JSON.parse(STP_TRIGGER_EVENT_DATA);
  console.log(`attempt ${STP_CURRENT_ATTEMPT} of ${STP_MAXIMUM_ATTEMPTS}, started by ${JSON.stringify(event)}`);
  await delay(500); // The work.
  console.log(`report.${REPORT_FORMAT} is made`);
}

void main();
