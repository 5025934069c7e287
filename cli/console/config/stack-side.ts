import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DEFAULT_CONFIG_FILE, defaultConfigFile } from '../../../modules/config/default-config-file';
import { shownPath } from '../../../modules/problems/shown-path';
import { UsageError } from '../../command/usage-error';
import type { StackState } from '../../model/stack';
import { projectOutput } from '../../synthesis/cdktf-app';
import { type Changes, watchChanges } from '../../watch/changes';
import { LoaderProcess } from './loader-process';
import type { Loaded, Refused } from './messages';
import type { AnswerOf, ArgumentOf, QuestionName } from './questions';
import { rememberedPicture, rememberPicture } from './remembered-picture';

/** Milliseconds in which a config must be loaded and drawn. Reading it has 60 seconds in every command. */
const LONGEST_MS = 75_000;
/** Milliseconds that a synthesis may go on after the files have changed: it could be one that never ends. */
const PATIENCE_MS = 3000;
/** Milliseconds for the answer to a question. */
const ANSWER_MS = 10_000;

/** Time limits in milliseconds. */
export interface StackLimits {
  readonly longest?: number;
  readonly retries?: number;
  readonly answer?: number;
}

/** The config at hand: synthesized in another process, again whenever a file of the project changes. */
export class StackSide {
  private readonly folder = process.cwd();
  private readonly listeners = new Set<() => void>();
  private last: StackState = { problems: [], synthesizedAt: 0, isStale: true };
  private valid: Loaded | undefined;
  /** Has the last valid config loaded. */
  private answering: LoaderProcess | undefined;
  private running: LoaderProcess | undefined;
  private spare: LoaderProcess | undefined;
  private round: Promise<void> | undefined;
  private isOutdated = false;
  private impatience: NodeJS.Timeout | undefined;
  private changes: Promise<Changes> | undefined;
  private isClosed = false;

  constructor(private readonly limits: StackLimits = {}) {}

  /** Starts the process for the first synthesis. Optional: {@link start} does it otherwise. */
  prepare(): void {
    this.spare ??= new LoaderProcess();
  }

  /** Synthesizes for the first time, and begins to watch. Until then, shows what the last console has shown. */
  start(): void {
    const begun = Date.now();
    void this.synthesize();
    const picture = rememberedPicture(resolve(givenFile()), this.folder);
    if (picture !== undefined) this.tell({ ...this.last, picture });
    this.changes = watchChanges(this.folder, resolve(outputFolder()), () => void this.synthesize());
    void this.changes.then((changes) => {
      const file = resolve(givenFile());
      changes.add([dirname(file)]);
      if (changedAt(file) > begun) void this.synthesize();
    });
  }

  state(): StackState {
    return this.last;
  }

  /** The config of the last valid synthesis. */
  config(): Pick<Loaded, 'file' | 'config'> | undefined {
    return this.valid;
  }

  /** The stack's name. Undefined until the config was valid once, in this console or an earlier one. */
  name(): string | undefined {
    return this.last.picture?.stackName;
  }

  /** Path of the config relative to the working folder. */
  configFile(): string {
    return shownPath(this.valid?.file ?? resolve(givenFile()));
  }

  /**
   * Calls a function when a synthesis begins and when it has ended.
   *
   * @returns stops calling it
   */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Asks the process that has loaded the last valid config.
   *
   * @throws UsageError if there is no valid config, CommandFailure if there is no answer in time, and the error of the answer
   */
  async ask<Name extends QuestionName>(name: Name, argument: ArgumentOf<Name>): Promise<AnswerOf<Name>> {
    if (this.valid === undefined) await this.round;
    // The config's code can end its process at any time.
    else if (this.answering?.hasEnded) await this.synthesize();
    if (this.answering === undefined) {
      throw new UsageError('The config has problems. Correct them first: the page of the stack shows them.');
    }
    return this.answering.ask(name, argument, this.limits.answer ?? ANSWER_MS);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.impatience);
    await Promise.all([this.answering, this.running, this.spare].map((loader) => loader?.stop()));
    await (await this.changes)?.close();
  }

  private synthesize(): Promise<void> {
    if (this.round === undefined) {
      this.round = this.rounds().finally(() => {
        this.round = undefined;
      });
    } else {
      this.isOutdated = true;
      this.impatience ??= setTimeout(() => void this.running?.stop(), this.limits.retries ?? PATIENCE_MS);
    }
    return this.round;
  }

  private async rounds(): Promise<void> {
    do {
      this.isOutdated = false;
      const loader = this.spare ?? new LoaderProcess();
      this.spare = undefined;
      this.running = loader;
      this.tell({ ...this.last, isStale: true });
      const result = await loader.load(this.limits.longest ?? LONGEST_MS);
      clearTimeout(this.impatience);
      this.impatience = undefined;
      this.running = undefined;
      if (this.isClosed) return;
      this.accept(loader, result);
      // Started when this one is done, so that they don't compete for the CPU.
      this.spare = new LoaderProcess();
    } while (this.isOutdated);
  }

  private accept(loader: LoaderProcess, result: Loaded | Refused): void {
    void this.changes?.then((changes) => changes.add(result.files));
    const now = { synthesizedAt: Date.now(), isStale: this.isOutdated };
    if (result.type === 'loaded') {
      void this.answering?.stop();
      this.answering = loader;
      this.valid = result;
      this.tell({ picture: result.picture, problems: [], ...now });
      rememberPicture(result.file, result.picture, this.folder);
      return;
    }
    void loader.stop();
    const { problems, report } = result;
    // A synthesis that was given up, because its files have changed, says nothing about them.
    if (!this.isOutdated) this.tell({ picture: this.last.picture, problems, report, ...now });
  }

  private tell(state: StackState): void {
    this.last = state;
    for (const listener of this.listeners) listener();
  }
}

/** The config that the command was given, or the folder's. */
function givenFile(): string {
  try {
    return process.env.BATCH_JOBS_CONFIG || defaultConfigFile();
  } catch {
    // The folder has two configs, which the synthesis reports.
    return DEFAULT_CONFIG_FILE;
  }
}

function outputFolder(): string {
  try {
    return projectOutput();
  } catch {
    // cdktf.json is not valid. The commands that run its app report it.
    return 'cdktf.out';
  }
}

function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
