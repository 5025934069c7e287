import { type Emulator, type EmulatorOptions, startEmulator } from './ministack';
import { type AppliedStack, TerraformError, type Workspace, workspace } from './terraform';

/** A stack that was applied to a separate emulator. */
export interface Deployment {
  readonly emulator: Emulator;
  readonly copy: Workspace;
  readonly applied: AppliedStack;
  /** Stops the emulator and deletes the copy. */
  dispose(): Promise<void>;
}

/**
 * Starts an emulator and applies a stack to it.
 *
 * On a busy machine the emulator was once seen to answer nothing more in the middle of an apply. So an apply that ended at its time
 * limit, and only that, is tried once more with a fresh emulator; a stack that cannot be applied fails both times.
 */
export async function deploy(stackDir: string, options: EmulatorOptions = {}, tries = 2): Promise<Deployment> {
  const emulator = await startEmulator(options);
  const copy = workspace(stackDir, { emulator });
  const dispose = async () => {
    copy.dispose();
    await emulator.stop();
  };
  try {
    return { emulator, copy, applied: await copy.apply(), dispose };
  } catch (error) {
    await dispose();
    if (tries <= 1 || !(error instanceof TerraformError) || !error.result.timedOut) throw error;
    console.warn(`${error.message}\nTried once more with a fresh emulator.`);
    return deploy(stackDir, options, tries - 1);
  }
}
