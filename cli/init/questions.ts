import { createInterface, type Interface } from 'node:readline/promises';
import { type Answers, CONFIG_FORMATS, LANGUAGES, meant, TITLES } from './answers';
import { isStackName, nameProblem } from './stack-name';

/** Exit code of a program that Ctrl-C ends. */
const INTERRUPTED = 130;

/** Asks for what no option says. An empty line takes what stands in brackets. Ctrl-C and the end of the input end the program, with nothing written. */
export async function asked(given: Partial<Answers>, defaults: Answers): Promise<Answers> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const give = () => {
    process.stdout.write('\nNothing was written.\n');
    process.exit(INTERRUPTED);
  };
  terminal.once('SIGINT', give).once('close', give);
  try {
    return {
      name: given.name ?? (await askedName(terminal, defaults.name)),
      language: given.language ?? (await askedOne(terminal, 'Language of the job', LANGUAGES, defaults.language)),
      configFormat:
        given.configFormat ?? (await askedOne(terminal, 'Config in', CONFIG_FORMATS, defaults.configFormat)),
    };
  } finally {
    terminal.off('close', give).close();
  }
}

async function askedName(terminal: Interface, byDefault: string): Promise<string> {
  for (;;) {
    const name = (await terminal.question(`Name of the stack (${byDefault}): `)).trim() || byDefault;
    if (isStackName(name)) return name;
    console.log(nameProblem(name));
  }
}

async function askedOne<Answer extends keyof typeof TITLES>(
  terminal: Interface,
  question: string,
  answers: readonly Answer[],
  byDefault: Answer,
): Promise<Answer> {
  const titles = answers.map((answer) => TITLES[answer]).join(' or ');
  for (;;) {
    const word = (await terminal.question(`${question}, ${titles} (${TITLES[byDefault]}): `)).trim();
    const answer = word === '' ? byDefault : meant(word, answers);
    if (answer !== undefined) return answer;
    console.log(`"${word}" is neither ${titles.replace(' or ', ' nor ')}.`);
  }
}
