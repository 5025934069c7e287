import { constants } from 'node:os';
import { FAILED } from '../../command/exit-code';
import { nextCommand } from '../../command/next-command';
import { holdingSignals } from '../../command/process-end';
import { CommandFailure } from '../../command/reported-error';
import { AwsFault } from '../aws/fault';
import type { Deployment } from '../deployment';
import type { FoundRun } from '../find-run';
import { Follower, type FollowOptions } from './follower';

/**
 * Shows a run as it goes on, until its end. A signal ends the following, not the run.
 *
 * @returns the exit code: that of the run, or of the signal
 */
export async function followRun(deployment: Deployment, run: FoundRun, options: FollowOptions): Promise<number> {
  let leave: (exitCode: number) => void = () => {};
  const left = new Promise<number>((resolve) => {
    leave = resolve;
  });
  const follower = new Follower(deployment, run, options);
  const work = async () => {
    const exitCode = await Promise.race([follower.toTheEnd(), left]);
    if (exitCode > FAILED) follower.leave(`Stopped following ${run.name}. The run goes on. ${howToGoOn(run)}`);
    return exitCode;
  };
  try {
    return await holdingSignals(
      (signal) => leave(128 + constants.signals[signal]),
      work,
      // A reader such as "head" has seen enough.
      () => process.exit(FAILED),
    );
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error;
    const reason = error.message.replace(/[^.]$/, '$&.');
    throw new CommandFailure(`${reason} The run goes on. ${howToGoOn(run)}`, { cause: error });
  }
}

function howToGoOn({ name }: FoundRun): string {
  return `Follow it again: ${nextCommand('logs', [name, '--follow'])}. Stop it: ${nextCommand('stop', [name])}.`;
}
