import { colors } from '../../colors';
import { nextCommand } from '../../next-command';
import { DONE } from '../../subcommands';
import { twoColumns, widthOf, wrapped } from '../../two-columns';
import { visibleText } from '../../visible-text';
import { Deployment } from '../deployment';
import { findRun } from '../find-run';
import type { AwsOptions } from '../options';
import { checkedFacts } from './checked';
import type { Facts } from './facts';
import { gather } from './gather';
import type { Answer } from './reason';
import { why } from './reasons';

/** Prints why a job, or one of its runs, does not run. */
export async function explain(subject: string, options: AwsOptions): Promise<number> {
  const deployment = await Deployment.open(options);
  try {
    const facts = await factsOf(deployment, subject);
    const answer = why(facts);
    if (options.json) console.log(JSON.stringify(document(facts, answer), undefined, 2));
    else for (const line of lines(facts, answer)) console.log(visibleText(line, true));
    return DONE;
  } finally {
    deployment.clients.close();
  }
}

/** The facts about a job or a run. @throws UsageError if there is none of this name */
export async function factsOf(deployment: Deployment, subject: string): Promise<Facts> {
  const job = deployment.jobs.get(subject);
  if (job !== undefined) return gather(deployment, job, undefined);
  const run = await findRun(deployment, subject);
  return gather(deployment, run.job, run);
}

/** The answer for programs. */
export function document(facts: Facts, { code, sentence, fix, command }: Answer) {
  return {
    job: facts.job.name,
    run: facts.run?.name ?? null,
    status: facts.run?.story.status ?? null,
    code,
    sentence,
    fix,
    command: command === undefined ? null : `batch-jobs ${command}`,
    checked: checkedFacts(facts).map(([what, ...found]) => ({ what, found: found.join('\n') })),
    notes: facts.notes,
  };
}

/** The answer for people. In a pipe no line is wrapped. */
export function lines(facts: Facts, { sentence, fix, command }: Answer, stream = process.stdout): string[] {
  const width = stream.isTTY ? widthOf(stream) : Number.POSITIVE_INFINITY;
  const [subcommand, ...words] = command?.split(' ') ?? [];
  const indented = (text: string) => wrapped(text, width - 2).map((line) => `  ${line}`);
  return [
    ...wrapped(sentence, width).map(colors.bold),
    '',
    'Fix',
    ...indented(fix),
    ...(subcommand === undefined ? [] : [`  ${colors.green(nextCommand(subcommand, words))}`]),
    '',
    'What was checked',
    ...twoColumns(
      checkedFacts(facts).map(([what, ...found]) => [colors.dim(what), ...found]),
      width,
    ),
    ...(facts.notes.length === 0 ? [] : ['', ...facts.notes.flatMap((note) => wrapped(note, width).map(colors.dim))]),
  ];
}
