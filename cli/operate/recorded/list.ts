import { colors } from '../../command/colors';
import { DONE } from '../../command/exit-code';
import { nextCommand } from '../../command/next-command';
import type { RunRow as ListedRow } from '../../model/run';
import { activityOf } from '../activity';
import type { ListFilter } from '../runs/filter';
import { runJson, runTable, type TableRun } from '../runs/print';
import { tableWidth } from '../table';
import { localTime } from '../time-text';
import { RecordedStack, STATUSES } from './recorded-stack';
import { recordedStory } from './recorded-story';

/** Prints the newest runs of a job, or of all jobs, on this machine. */
export async function listRecorded(
  job: string | undefined,
  { statuses, since, limit }: ListFilter,
  json: boolean,
  now: Date,
): Promise<number> {
  const stack = await RecordedStack.open();
  if (job !== undefined) await stack.refuseUnknown(job);
  const isWanted = (row: ListedRow) =>
    (job === undefined || row.job === job) &&
    (statuses.length === 0 || statuses.includes(STATUSES[row.outcome])) &&
    (since === undefined || row.startedAt >= since.getTime());
  const found = (await stack.store.list()).filter(isWanted);
  const runs = await Promise.all(found.slice(0, limit).map((row) => tableRun(stack, row)));
  if (json) {
    const document = {
      stack: stack.name,
      runs: runs.map((run) => runJson(run, now)),
      hasMore: found.length > limit,
    };
    console.log(JSON.stringify(document, undefined, 2));
  } else if (runs.length === 0) {
    console.log(nothing(stack, job, { statuses, since, limit }));
  } else {
    const lines = runTable(runs, tableWidth(process.stdout), now);
    const show = colors.dim(`More about one: ${nextCommand('show', [runs[0]?.name ?? '<run>', '--local'])}`);
    console.log([...lines, ...(process.stdout.isTTY ? ['', show] : [])].join('\n'));
  }
  return DONE;
}

async function tableRun({ store }: RecordedStack, row: ListedRow): Promise<TableRun> {
  const run = await store.run(row.id);
  const { id: name, job, outcome, startedAt, endedAt, attempt: number, maximum, source } = row;
  const story = run === undefined ? undefined : recordedStory(run);
  return {
    ...{ name, job: { name: job }, status: STATUSES[outcome], started: new Date(startedAt) },
    ...(endedAt !== undefined && { ended: new Date(endedAt) }),
    ...(number !== undefined && maximum !== undefined && { attempt: { number, maximum } }),
    event: { source, earlier: run?.earlier, bytes: run?.event.bytes ?? 0, input: '' },
    items: run?.items,
    activity: story === undefined ? undefined : activityOf(story)?.text,
    error: story?.error,
    reason: story?.reason,
  };
}

function nothing({ name, jobs }: RecordedStack, job: string | undefined, { statuses, since }: ListFilter): string {
  const of = job === undefined ? `Stack ${name}` : `Job ${job} of stack ${name}`;
  const filters = [
    statuses.length > 0 && `with status ${statuses.join(' or ')}`,
    since !== undefined && `started since ${localTime(since)}`,
  ].filter(Boolean);
  const start = nextCommand('local', [job ?? jobs[0] ?? '<job>']);
  const which = filters.length > 0 ? ` ${filters.join(', ')}` : '';
  return `${of} has no runs${which} on this machine. Start one: ${start}`;
}
