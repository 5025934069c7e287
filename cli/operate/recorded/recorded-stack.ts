import { loadConfig } from '../../../modules/load';
import { suggestion } from '../../../modules/problems/suggestion';
import { nextCommand } from '../../command/next-command';
import { UsageError } from '../../command/usage-error';
import { RunStore } from '../../local/recording/run-store';
import type { Run, RunOutcome } from '../../model/run';
import { noStatus, statusNamed } from '../run-status';
import type { RunStatus } from '../run-story';
import { localTime } from '../time-text';

/** Statuses of recorded runs, in the words of runs in AWS. */
export const STATUSES: { readonly [Outcome in RunOutcome]: RunStatus } = {
  running: 'RUNNING',
  succeeded: 'SUCCEEDED',
  failed: 'FAILED',
  'timed-out': 'TIMED_OUT',
  stopped: 'ABORTED',
};

/** Candidates that an error lists. */
const MOST_LISTED = 10;

/** The recorded runs of the config's stack. */
export class RecordedStack {
  private constructor(
    readonly name: string,
    /** Names of the jobs in the config. */
    readonly jobs: readonly string[],
    readonly store: RunStore,
  ) {}

  /** @throws ConfigError if the config can't be read */
  static async open(): Promise<RecordedStack> {
    const { config } = await loadConfig();
    const jobs = Object.entries(config.resources).flatMap(([name, { type }]) => (type === 'batch-job' ? [name] : []));
    return new RecordedStack(config.stackName, jobs, RunStore.of(config.stackName));
  }

  /** @throws UsageError if neither the config nor a recording has such a job */
  async refuseUnknown(job: string): Promise<void> {
    if (this.jobs.includes(job) || (await this.store.list()).some((row) => row.job === job)) return;
    const meant = suggestion(job, this.jobs);
    const hint = meant === undefined ? `The jobs are: ${this.jobs.join(', ') || 'none'}.` : `Did you mean "${meant}"?`;
    throw new UsageError(`There is no job "${job}". ${hint}`);
  }

  /**
   * The run that a text names: by its ID or the name of its execution, by a unique beginning of one of them, `job@latest`, or `job@failed`
   * and so on for the newest run with a status.
   *
   * @throws UsageError if there is no such run, or more than one
   */
  async find(text: string): Promise<Run> {
    const id = await this.idOf(text.trim());
    const run = await this.store.run(id);
    if (run !== undefined) return run;
    throw new UsageError(`The recording of run ${id} cannot be read any more.`);
  }

  private async idOf(text: string): Promise<string> {
    const at = text.lastIndexOf('@');
    if (at >= 0) return this.newest(text.slice(0, at), text.slice(at + 1));
    if (this.jobs.includes(text)) {
      const list = nextCommand('runs', [text, '--local']);
      throw new UsageError(`${text} is a job. Its newest run is ${text}@latest; list its runs with ${list}.`);
    }
    const rows = await this.store.list();
    const [exact] = rows.filter(({ id }) => id === text);
    if (exact !== undefined) return exact.id;
    const names = await Promise.all(rows.map(async ({ id }) => (await this.store.read(id))?.run.name ?? ''));
    const found = rows.filter(({ id }, index) => id.startsWith(text) || names[index]?.startsWith(text));
    const [only, ...others] = text === '' ? [] : found;
    if (only === undefined) {
      throw new UsageError(
        `Stack ${this.name} has no run "${text}" on this machine. List its runs with ${nextCommand('runs', ['--local'])}.`,
      );
    }
    if (others.length === 0) return only.id;
    const shown = found.slice(0, MOST_LISTED);
    const lines = shown.map(({ id, job, startedAt, outcome }) => {
      return `  ${id}  ${job}  ${localTime(new Date(startedAt))}  ${outcome}`;
    });
    const more = found.length - shown.length;
    const rest = more > 0 ? [`  and ${more} older`] : [];
    throw new UsageError(
      [`${found.length} runs begin with "${text}":`, ...lines, ...rest, 'Write more of it.'].join('\n'),
    );
  }

  private async newest(jobName: string, word: string): Promise<string> {
    const [only, ...others] = this.jobs;
    const job = jobName === '' && only !== undefined && others.length === 0 ? only : jobName;
    const status = statusNamed(word);
    if (status === undefined && word.toLowerCase() !== 'latest') {
      throw new UsageError(`"@${word}" selects no run. ${noStatus(word, ['latest'])}`);
    }
    await this.refuseUnknown(job);
    const rows = await this.store.list();
    const row = rows.find((each) => each.job === job && (status === undefined || STATUSES[each.outcome] === status));
    if (row !== undefined) return row.id;
    const which = status === undefined ? 'no runs' : `no run with status ${status}`;
    throw new UsageError(`Job ${job} has ${which} on this machine. Run it with ${nextCommand('local', [job])}.`);
  }
}
