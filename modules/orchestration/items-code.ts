import type { DataArchiveFile } from '@cdktf/provider-archive/lib/data-archive-file';
import { Construct } from 'constructs';
import { itemsProgram } from './items-bundle';
import { createZippedSource } from './zipped-source';

/** The items function's code, shared by all jobs of a stack: one bundled file, zipped in the stack's directory. */
export class ItemsCode extends Construct {
  private created?: DataArchiveFile;

  /** Created with the first function. */
  get archive(): DataArchiveFile {
    this.created ??= createZippedSource(this, itemsProgram.text(), 'items.zip');
    return this.created;
  }
}
