import { counted, formatCount } from '../../../modules/problems/phrases';
import { countsText } from '../../model/words/items';
import { byText } from '../run-label';
import type { RunStory } from '../run-story';
import { duration } from '../time-text';
import type { Count, EnvironmentFacts, Facts, ReportTime, TaskFacts } from './facts';
import { timeText } from './time';

/** One fact of the list "What was checked". */
export type Checked = readonly [what: string, ...found: string[]];

/** What was checked, and what it showed. */
export function checkedFacts(facts: Facts): Checked[] {
  const { environments } = facts;
  return [
    ...runRows(facts),
    ...queueRows(facts),
    ...environments.flatMap((found) => environmentRows(found, facts)),
    ...startRows(facts),
  ];
}

function runRows({ run, batchJob, now, job, stateMachine }: Facts): Checked[] {
  const rows: Checked[] = [
    [
      'Job',
      `${job.name}, ${counted(job.cpu, 'vCPU')}, ${job.memory} MiB${job.gpu > 0 ? `, ${counted(job.gpu, 'GPU')}` : ''}, ${job.spot ? 'Spot' : 'on-demand'}`,
    ],
  ];
  if (stateMachine !== undefined && stateMachine !== 'ACTIVE') rows.push(['State machine', stateMachine]);
  if (run === undefined) return [...rows, ['Run', 'none']];
  const { story, lastLines = [] } = run;
  const by = story.event.earlier === undefined ? '' : `, ${byText(story.event)}`;
  rows.push(['Run', `${run.name}, ${story.status}, started ${timeText(story.started, now)}${by}`]);
  if (story.item !== undefined) rows.push(['Item', String(story.item)]);
  rows.push(...itemRows(story));
  const last = story.attempts.at(-1);
  if (last !== undefined) {
    const where = last.onDemand ? ', on demand' : '';
    const ends = [last.outcome, last.reason].filter((text) => text !== undefined).join(': ');
    rows.push(['Attempt', `${last.number} of ${last.maximum}${where}${ends === '' ? '' : `, ${ends}`}`]);
  }
  if (batchJob !== undefined) {
    const reason = batchJob.statusReason === undefined ? '' : `: ${batchJob.statusReason}`;
    rows.push(['AWS Batch job', `${batchJob.status}, queued ${timeText(batchJob.queued, now)}${reason}`]);
  }
  if (batchJob?.task !== undefined) rows.push(['ECS task', taskText(batchJob.task, now)]);
  if (lastLines.length > 0) rows.push(['End of the log', ...lastLines]);
  return rows;
}

/** Failed items that are listed. */
const LISTED_ITEMS = 5;

function itemRows({ items, ended }: RunStory): Checked[] {
  if (items === undefined) return [];
  const { count, counts, failures } = items;
  const listed = failures.slice(0, LISTED_ITEMS).map(({ index, reason }) => `${index}: ${reason}`);
  const more = counts.failed - listed.length;
  const rest = listed.length > 0 && more > 0 ? [`and ${formatCount(more)} more`] : [];
  return [
    ['Items', `${formatCount(count)}: ${countsText(counts, ended !== undefined)}`],
    ...(listed.length === 0 ? [] : [['Failed items', ...listed, ...rest] as const]),
  ];
}

function taskText({ created, pullStarted, pullStopped }: TaskFacts, now: ReportTime): string {
  const pull = pullStarted === undefined ? 'waits to pull its image' : 'pulls its image';
  return `created ${timeText(created, now)}, ${pullStopped === undefined ? pull : 'has its image'}`;
}

function queueRows({ queue, batchJob }: Facts): Checked[] {
  if (queue === undefined) return [];
  const reason = queue.statusReason === undefined ? '' : `: ${queue.statusReason}`;
  const rows: Checked[] = [['Queue', `${queue.name}, ${queue.state}, ${queue.status}${reason}`]];
  const blocked = queue.head === undefined ? batchJob?.statusReason : queue.head.statusReason;
  for (const { reason: canceled, seconds } of queue.cancels) {
    if (blocked?.startsWith(canceled))
      rows.push(['Queue cancels', `the next job after ${duration(seconds)} in this state`]);
  }
  if (queue.waiting !== undefined) {
    const position = queue.position === undefined ? '' : `, this one is number ${queue.position}`;
    rows.push(['Jobs that wait', `${countText(queue.waiting)}${position}`]);
  }
  if (queue.head !== undefined) {
    const why = queue.head.statusReason === undefined ? '' : `: ${queue.head.statusReason}`;
    rows.push(['Next job', `${queue.head.name}${why}`]);
  }
  if (queue.running !== undefined) rows.push(['Jobs that run', countText(queue.running)]);
  return rows;
}

function environmentRows(found: EnvironmentFacts, { now }: Facts): Checked[] {
  const reason = found.statusReason === undefined ? '' : `: ${found.statusReason}`;
  const rows: Checked[] = [
    ['Environment', `${found.name}, ${found.state}, ${found.status}${reason}`],
    ['vCPUs', `${found.desiredVcpus} wanted, at most ${found.maxVcpus}`],
    ['Instance types', `${found.instanceTypes.join(', ')}, ${found.spot ? 'Spot' : 'on-demand'}`],
  ];
  if (found.registered !== undefined) {
    const connected = found.connected === undefined ? '' : `, ${found.connected} connected`;
    rows.push(['Instances', `${found.registered} registered with ECS${connected}`]);
  }
  if (found.lastLaunch !== undefined) rows.push(['Last launch', timeText(found.lastLaunch, now)]);
  if (found.launchFailure !== undefined) {
    rows.push(['Failed launch', `${timeText(found.launchFailure.at, now)}: ${found.launchFailure.message}`]);
  }
  if (found.quota !== undefined)
    rows.push(['Quota', `${counted(found.quota.vcpus, 'vCPU')}, ${found.quota.name} (${found.quota.code})`]);
  return rows;
}

function startRows({ start, now }: Facts): Checked[] {
  if (start === undefined) return [];
  const rows: Checked[] = [];
  if (start.function !== undefined) {
    const stopped = start.function.isStopped ? ', reserved concurrency 0' : '';
    rows.push(['Trigger function', `${start.function.state}${stopped}`]);
  }
  for (const { name, isEnabled, schedule } of start.rules) {
    rows.push([
      'Rule',
      `${name}, ${isEnabled ? 'enabled' : 'disabled'}${schedule === undefined ? '' : `, ${schedule}`}`,
    ]);
  }
  for (const { source, isEnabled, result } of start.mappings) {
    rows.push([
      'Source',
      `${source}, ${isEnabled ? 'enabled' : 'disabled'}${result === undefined ? '' : `, ${result}`}`,
    ]);
  }
  if (start.undelivered !== undefined)
    rows.push([
      'Undelivered',
      `${counted(start.undelivered.messages, 'event')}${start.undelivered.queues.length > 0 ? ` in ${start.undelivered.queues.join(', ')}` : ''}`,
    ]);
  if (start.lastEvent !== undefined) {
    const { at, outcome, detail, run } = start.lastEvent;
    const more = [detail, run].filter((text) => text !== undefined).join(', ');
    rows.push(['Last event', `${timeText(at, now)}, ${outcome}${more === '' ? '' : `: ${more}`}`]);
  }
  return rows;
}

function countText({ number, isMore }: Count): string {
  return isMore ? `${number} or more` : String(number);
}
