import { createInterface, type Interface } from 'node:readline/promises';
import { type Answers, CONFIG_FORMATS, LANGUAGES, meant, TITLES } from './answers';
import { refusal } from './refusal';
import { isStackName, nameProblem } from './stack-name';

/** The terminal that questions are asked on. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/**
 * Asks for the settings that no option gives. An empty line selects the default, which is shown in parentheses.
 *
 * @throws UsageError if the input ends
 */
export async function asked(
  given: Partial<Answers>,
  defaults: Answers,
  { input, output }: Terminal = { input: process.stdin, output: process.stdout },
): Promise<Answers> {
  const terminal = createInterface({ input, output });
  // readline turns Ctrl-C into an event instead of a signal.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const questions = new Questions(terminal, output);
  try {
    return {
      name: given.name ?? (await questions.name(defaults.name)),
      language: given.language ?? (await questions.oneOf('Language of the job', LANGUAGES, defaults.language)),
      configFormat: given.configFormat ?? (await questions.oneOf('Config in', CONFIG_FORMATS, defaults.configFormat)),
    };
  } finally {
    terminal.close();
  }
}

class Questions {
  /** Lines that are typed or pasted before their question is asked are kept for it. */
  private readonly lines: AsyncIterator<string>;
  private isClosed = false;

  constructor(
    private readonly terminal: Interface,
    private readonly output: NodeJS.WritableStream,
  ) {
    this.lines = terminal[Symbol.asyncIterator]();
    terminal.once('close', () => {
      this.isClosed = true;
    });
  }

  async name(byDefault: string): Promise<string> {
    for (;;) {
      const name = (await this.line(`Name of the stack (${byDefault}): `)) || byDefault;
      if (isStackName(name)) return name;
      this.output.write(`${nameProblem(name)}\n`);
    }
  }

  async oneOf<Answer extends keyof typeof TITLES>(
    question: string,
    answers: readonly Answer[],
    byDefault: Answer,
  ): Promise<Answer> {
    const titles = answers.map((answer) => TITLES[answer]);
    for (;;) {
      const word = await this.line(`${question}, ${titles.join(' or ')} (${TITLES[byDefault]}): `);
      const answer = word === '' ? byDefault : meant(word, answers);
      if (answer !== undefined) return answer;
      this.output.write(`"${word}" is neither ${titles.join(' nor ')}.\n`);
    }
  }

  private async line(question: string): Promise<string> {
    // Lines that are left after the end of the input still answer, and a closed terminal has no prompt.
    if (this.isClosed) this.output.write(question);
    else {
      this.terminal.setPrompt(question);
      this.terminal.prompt();
    }
    const line = await this.lines.next();
    if (line.done !== true) return line.value.trim();
    this.output.write('\n');
    throw refusal('The input ended before the last answer.');
  }
}
