import { join, relative } from 'node:path';
import { formatCount } from '../../../modules/problems/phrases';
import { DONE } from '../../command/exit-code';
import { nextCommand } from '../../command/next-command';
import type { Row } from '../../command/two-columns';
import { RECORDING_FILES } from '../../local/recording/format';
import type { Run } from '../../model/run';
import { causeLine } from '../../model/words/cause-line';
import { verdict } from '../../model/words/verdict';
import { duration } from '../../run-report/report-lines';
import { byText, statusColor } from '../run-label';
import { itemRows, storyPage, timeText } from '../show/print';
import { tableWidth } from '../table';
import { age, secondsBetween } from '../time-text';
import { RecordedStack, STATUSES } from './recorded-stack';
import { recordedStory } from './recorded-story';

/** Prints the whole story of a run on this machine. */
export async function showRecorded(text: string, json: boolean): Promise<number> {
  const stack = await RecordedStack.open();
  const run = await stack.find(text);
  const now = new Date();
  const folder = relative('', join(stack.store.folder, run.id));
  if (json) console.log(JSON.stringify(runDocument(stack, run, folder, now), undefined, 2));
  else console.log(page(stack, run, folder, now).join('\n'));
  return DONE;
}

function page(stack: RecordedStack, run: Run, folder: string, now: Date): string[] {
  const story = recordedStory(run);
  const took = duration(secondsBetween(story.started, story.ended ?? now));
  const by = run.by === undefined ? '' : `, ${run.by === 'plain process' ? 'as a plain process' : `by ${run.by}`}`;
  const general: Row[] = [
    ['Job', `${run.job} of stack ${stack.name}, on this machine${by}`],
    ['Started', `${timeText(story.started)} (${age(story.started, now)}), ${byText(story.event)}`],
    ...(story.ended === undefined ? [] : [['Ended', timeText(story.ended)] as const]),
    ['Event', `${formatCount(run.event.bytes)} bytes, in ${join(folder, RECORDING_FILES.event)}`],
    ...itemRows(story),
    ...(story.error === undefined ? [] : [['Error', story.error] as const]),
    ...(run.trigger?.duplicates ? [['Duplicate', 'delivered again, which started nothing'] as const] : []),
    ...(run.notes ?? []).map((note) => ['Note', note] as const),
  ];
  const ends: Row[] = [
    ['Execution', run.name],
    ['Logs', nextCommand('logs', [run.id, '--local'])],
    ...(run.command === undefined ? [] : [['Again', run.command] as const]),
  ];
  const { outcome } = run;
  const head = `${verdict(run).text}, ${outcome === 'running' ? 'for ' : ''}${took}`;
  const cause = causeLine(run, now.getTime());
  return storyPage(
    story,
    { head: [statusColor(STATUSES[outcome])(head), ...(cause === '' ? [] : [cause])], general, ends },
    tableWidth(process.stdout),
    now,
  );
}

function runDocument({ name: stack }: RecordedStack, run: Run, folder: string, now: Date) {
  const story = recordedStory(run);
  const { status, started, ended, attempts, waits, error, reason } = story;
  const { source, bytes } = run.event;
  return {
    stack,
    run: run.id,
    job: run.job,
    execution: run.name,
    folder,
    status,
    started,
    ended,
    seconds: secondsBetween(started, ended ?? now),
    verdict: verdict(run).text,
    event: { source, bytes },
    items: story.items,
    attempts,
    waits,
    error,
    reason,
    command: run.command,
  };
}
