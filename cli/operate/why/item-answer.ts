import { capitalized } from '../../../modules/problems/phrases';
import type { Facts } from './facts';
import type { Answer } from './reason';

/** An answer about an item of a run: the reasons speak of a run, whose only attempts are the item's. */
export function ofItem({ run }: Facts, answer: Answer): Answer {
  const { name, story } = run ?? {};
  const { item } = story ?? {};
  if (name === undefined || item === undefined) return answer;
  const { sentence, command } = answer;
  const subject = `item ${item} of run ${name}`;
  const ofRun = new RegExp(`\\b([Rr])un ${name.replace(/[^\w-]/g, '\\$&')}(?![\\w-])`, 'g');
  const told = sentence.replace(ofRun, (_, letter: string) => (letter === 'R' ? capitalized(subject) : subject));
  return { ...answer, sentence: told, ...(command && { command: itemCommand(command, item) }) };
}

function itemCommand(words: readonly string[], item: number): readonly string[] {
  const [subcommand] = words;
  if (subcommand === 'rerun') return [...words, '--failed'];
  return subcommand === 'show' || subcommand === 'logs' || subcommand === 'why'
    ? [...words, '--item', String(item)]
    : words;
}
