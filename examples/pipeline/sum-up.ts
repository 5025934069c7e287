import { earlierEvent, event, type RunEndEvent, type ScheduleEvent } from 'cdktf-batch-jobs/job';

async function main(): Promise<void> {
  const end = await event<RunEndEvent>();
  // What started the run that fetched the orders. Someone can have started that by hand, with any event.
  const started = await earlierEvent<Partial<ScheduleEvent>>(end);
  console.log(`summed up what ${end.detail.name} fetched for its schedule of ${started?.time ?? 'an unknown time'}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
