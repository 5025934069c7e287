import type { DataArchiveFile } from '@cdktf/provider-archive/lib/data-archive-file';
import { Construct } from 'constructs';
import { bundleTriggerFunction, firingProgram } from './trigger-bundle';
import { createZippedSource } from './zipped-source';

/** The trigger function's code, shared by all jobs of a stack: one bundled file, zipped in the stack's directory. */
export class TriggerCode extends Construct {
  private takingEvents?: DataArchiveFile;
  private takingInputs?: DataArchiveFile;

  /** The code of most functions. Created with the first of them. */
  get archive(): DataArchiveFile {
    this.takingEvents ??= createZippedSource(this, bundleTriggerFunction(), 'trigger.zip');
    return this.takingEvents;
  }

  /** The code of functions that take the input out of scheduled events. Created with the first of them. */
  get archiveTakingInputs(): DataArchiveFile {
    this.takingInputs ??= createZippedSource(new Construct(this, 'Firings'), firingProgram.text(), 'trigger.zip');
    return this.takingInputs;
  }
}
