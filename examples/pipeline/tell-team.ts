import { event, type RunEndEvent } from 'cdktf-batch-jobs/job';

async function main(): Promise<void> {
  const { detail } = await event<RunEndEvent>();
  const minutes = Math.ceil((detail.stopDate - detail.startDate) / 60_000);
  if (detail.status === 'SUCCEEDED') console.log(`the orders are summed up, after ${minutes} min: ${detail.name}`);
  else console.log(`${detail.name} ended with ${detail.status}: ${detail.error ?? 'no error'}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
