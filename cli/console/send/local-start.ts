import { UsageError } from '../../command/usage-error';
import type { RunStore } from '../../local/recording/run-store';
import { type Faults, localWords, type ParsedWords, parsedWords } from '../../model/faults';
import { sampledType } from '../../model/sample-source';
import type { StartedRun } from '../local/local-runs';
import { faultProblems } from './fault-problems';
import { againBody, sendBody } from './send-body';

/** The recordings of runs. */
type Recordings = Pick<RunStore, 'read' | 'eventText'> | undefined;

/**
 * The run that a page starts, from the body of its request.
 *
 * @throws UsageError if an option is not accepted, or there is no such run
 */
export async function localStart(body: unknown, recordings: Recordings): Promise<StartedRun> {
  const repeated = againBody(body);
  if (repeated !== undefined) return again(repeated.again, repeated.faults, recordings);
  const { job, eventText, trigger, source, faults, from } = sendBody(body);
  const { others = [] } = (await wordsOf(recordings, from)) ?? {};
  const words = checkedWords(job, faults, others);
  // With the developer's credentials a sample has the names of the deployment, which only the command knows.
  if (trigger !== undefined && (faults.aws || eventText === undefined)) {
    return { words: [...words, '--event-type', trigger] };
  }
  if (eventText === undefined) throw new UsageError('"eventText" is missing.');
  return {
    ...{ words, eventText },
    ...(source !== undefined && { source }),
    ...(trigger !== undefined && { eventType: trigger }),
  };
}

async function again(id: string, faults: Faults | undefined, recordings: Recordings): Promise<StartedRun> {
  const [read, eventText] = await Promise.all([recordings?.read(id), recordings?.eventText(id)]);
  if (read === undefined || eventText === undefined) throw missing(id);
  const { words, event } = read.run;
  const before = parsedWords(words);
  return {
    words: checkedWords(before.job, faults ?? before.faults, before.others),
    eventText,
    source: event.source,
    ...sampleOf(before, event.source),
  };
}

/** What the words of an earlier run choose. Undefined without such a run. */
export async function wordsOf(recordings: Recordings, id: string | undefined): Promise<ParsedWords | undefined> {
  if (id === undefined) return undefined;
  const read = await recordings?.read(id);
  if (read === undefined) throw missing(id);
  return parsedWords(read.run.words);
}

function checkedWords(job: string, faults: Faults, others: readonly string[]): string[] {
  const problems = Object.values(faultProblems(faults));
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  return localWords(job, faults, others);
}

function missing(id: string): UsageError {
  return new UsageError(`There is no run ${id} on this machine. It may have been deleted.`);
}

/** The trigger whose sample a run's event was: the words say which, or the source of the job's first trigger. */
function sampleOf({ eventWords: [option, value] }: ParsedWords, source: string): Pick<StartedRun, 'eventType'> {
  const eventType = option === undefined ? sampledType(source) : option === '--event-type' ? value : undefined;
  return eventType === undefined ? {} : { eventType };
}
