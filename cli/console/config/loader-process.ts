import { extname, join } from 'node:path';
import { errorMessage } from '../../../modules/problems/error-message';
import { CommandFailure } from '../../command/reported-error';
import { UsageError } from '../../command/usage-error';
import { visibleText } from '../../command/visible-text';
import { WarmProcess } from '../../watch/warm-process';
import type { Answer, FromLoader, Loaded, Refused, ToLoader } from './messages';
import type { AnswerOf, ArgumentOf, QuestionName } from './questions';

const PROGRAM = join(__dirname, `loader${extname(__filename)}`);

/** Characters of the output that are kept: what a process says before it ends. */
const KEPT = 16_384;

/** A process that loads the config once, and then answers questions about it. */
export class LoaderProcess {
  private readonly process: WarmProcess<ToLoader, FromLoader>;
  private readonly questions = new Map<number, (answer: Answer) => void>();
  private asked = 0;
  private printed = '';
  private loaded: (result: Loaded | Refused) => void = () => {};
  hasEnded = false;

  constructor() {
    this.process = new WarmProcess(PROGRAM, { onMessage: (message) => this.received(message), output: 'pipe' });
    for (const stream of this.process.output) {
      // Standard output is for the console's address.
      stream.pipe(process.stderr, { end: false });
      stream.on('data', (chunk: Buffer) => {
        this.printed = `${this.printed}${chunk}`.slice(-KEPT);
      });
    }
    const end = (said: string) => {
      this.hasEnded = true;
      this.loaded(refusal(said));
      for (const [number, settle] of this.questions) settle(unanswered(number));
    };
    this.process.ended.then(
      (code) => end(this.lastWords() || `The process that loads the config has ended with exit code ${code}.`),
      (error) => end(errorMessage(error)),
    );
  }

  /** Loads the config. What ends the process, or takes too long, is a refusal too. */
  async load(limit: number): Promise<Loaded | Refused> {
    const result = new Promise<Loaded | Refused>((resolve) => {
      this.loaded = resolve;
    });
    this.process.send({ type: 'load' });
    const late = setTimeout(() => {
      const seconds = Math.round(limit / 1000);
      this.loaded(refusal(`The config was not loaded within ${seconds} seconds. Look for a loop that never ends.`));
      void this.stop();
    }, limit);
    return result.finally(() => clearTimeout(late));
  }

  /**
   * The answer to a question about the config.
   *
   * @throws UsageError or CommandFailure as the answer says, CommandFailure if there is none in time
   */
  async ask<Name extends QuestionName>(name: Name, argument: ArgumentOf<Name>, limit: number): Promise<AnswerOf<Name>> {
    const number = ++this.asked;
    const answer = new Promise<Answer>((resolve) => this.questions.set(number, resolve));
    this.process.send({ type: 'ask', number, name, argument });
    const late = setTimeout(() => {
      // A process that never ends its work answers no other question either.
      void this.stop();
    }, limit);
    const answered = await answer.finally(() => {
      clearTimeout(late);
      this.questions.delete(number);
    });
    const { error } = answered;
    if (error === undefined) return answered.value as AnswerOf<Name>;
    if (error.kind === 'defect') throw new Error(error.message);
    throw error.kind === 'usage' ? new UsageError(error.message) : new CommandFailure(error.message);
  }

  /** @returns once the process has ended */
  async stop(): Promise<void> {
    this.process.stop();
    await this.process.ended.catch(() => {});
  }

  private received(message: FromLoader): void {
    if (message.type === 'answer') this.questions.get(message.number)?.(message);
    else this.loaded(message);
  }

  private lastWords(): string {
    const lines = this.printed.trim().split('\n');
    return lines.map((line) => visibleText(line, false)).join('\n');
  }
}

function refusal(report: string): Refused {
  return { type: 'refused', problems: [], report, files: [] };
}

function unanswered(number: number): Answer {
  const message = 'The process that has loaded the config gave no answer. Try again: it is started again.';
  return { type: 'answer', number, error: { kind: 'failure', message } };
}
