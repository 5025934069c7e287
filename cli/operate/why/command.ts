import { suggestion } from '../../../modules/problems/suggestion';
import { wrapped } from '../../../modules/problems/wrapped';
import { colors } from '../../command/colors';
import { DONE } from '../../command/exit-code';
import { nextCommand } from '../../command/next-command';
import { twoColumns, widthOf } from '../../command/two-columns';
import { UsageError } from '../../command/usage-error';
import { visibleText } from '../../command/visible-text';
import { cut } from '../../run-report/report-lines';
import { type Deployment, withDeployment } from '../deployment';
import { findRun, RunNotFound } from '../find-run';
import { type ItemOption, itemNumber } from '../items/option';
import type { AwsOptions } from '../options';
import { checkedFacts } from './checked';
import type { Facts } from './facts';
import { gather } from './gather';
import type { Answer } from './reason';
import { why } from './reasons';

/** Prints why a job, or one of its runs, does not run. */
export async function explain(subject: string, options: AwsOptions & ItemOption): Promise<number> {
  const item = itemNumber(options.item);
  return withDeployment(options, async (deployment) => {
    const facts = await factsOf(deployment, subject, options.json, item);
    const answer = why(facts);
    if (options.json) console.log(JSON.stringify(document(facts, answer), undefined, 2));
    else for (const line of lines(facts, answer)) console.log(visibleText(line, true));
    return DONE;
  });
}

/**
 * The facts about a job or a run.
 *
 * @param isUtc the format of times: UTC for programs, else the terminal's time zone
 * @param item index of the item of a run that is asked about
 * @throws UsageError if there is none of this name, or the run has no such item
 */
export async function factsOf(deployment: Deployment, subject: string, isUtc: boolean, item?: number): Promise<Facts> {
  const job = deployment.jobs.get(subject);
  if (job !== undefined && item !== undefined) {
    throw new UsageError(
      `--item selects an item of a run, and ${subject} is a job. Name a run, such as ${subject}@latest.`,
    );
  }
  if (job !== undefined) return gather(deployment, job, undefined, isUtc);
  const run = await findRun(deployment, subject).catch((error: unknown) => {
    throw jobMeant(deployment, subject, error) ?? error;
  });
  return gather(deployment, run.job, { ...run, item }, isUtc);
}

/** For a name that no run has: the job that was meant, if its name is similar. */
function jobMeant({ stackName, jobs }: Deployment, subject: string, error: unknown): UsageError | undefined {
  const meant = suggestion(subject, [...jobs.keys()]);
  if (!(error instanceof RunNotFound) || !error.isUnknown || meant === undefined) return undefined;
  return new UsageError(`Stack ${stackName} has no job and no run "${subject}". Did you mean ${meant}?`);
}

/** The answer for programs. */
export function document(facts: Facts, { code, sentence, fix, command }: Answer) {
  return {
    job: facts.job.name,
    run: facts.run?.name ?? null,
    ...(facts.run?.story.item !== undefined && { item: facts.run.story.item }),
    status: facts.run?.story.status ?? null,
    code,
    sentence,
    fix,
    command: command === undefined ? null : ['batch-jobs', ...command].join(' '),
    checked: checkedFacts(facts).map(([what, ...found]) => ({ what, found: found.join('\n') })),
    notes: facts.notes,
  };
}

/** The stream that the answer is printed to. */
interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Characters of one text on a terminal. A line of a log can have 256 KB. */
const MOST_SHOWN = 600;

/** The answer for people. In a pipe no line is wrapped. */
export function lines(facts: Facts, { sentence, fix, command }: Answer, stream: Stream = process.stdout): string[] {
  const width = stream.isTTY ? widthOf(stream) : Number.POSITIVE_INFINITY;
  const [subcommand, ...words] = command ?? [];
  const shown = (text: string) => (stream.isTTY ? cut(text, MOST_SHOWN) : text);
  const indented = (text: string) => wrapped(text, width - 2).map((line) => `  ${line}`);
  return [
    ...wrapped(shown(sentence), width).map(colors.bold),
    '',
    'Fix',
    ...indented(fix),
    ...(subcommand === undefined ? [] : [`  ${colors.green(nextCommand(subcommand, words))}`]),
    '',
    'What was checked',
    ...twoColumns(
      checkedFacts(facts).map(([what, ...found]) => [colors.dim(what), ...found.map(shown)]),
      width,
    ),
    ...(facts.notes.length === 0 ? [] : ['', ...facts.notes.flatMap((note) => wrapped(note, width).map(colors.dim))]),
  ];
}
