import type { DataArchiveFile } from '@cdktf/provider-archive/lib/data-archive-file';
import { Construct } from 'constructs';
import { createZippedSource } from '../../orchestration/zipped-source';
import { stringsProgram } from './strings-bundle';

/** The code of the functions that write connection strings, shared by all jobs of a stack: one bundled file, zipped in the stack's directory. */
export class StringsCode extends Construct {
  private created?: DataArchiveFile;

  /** Created with the first function. */
  get archive(): DataArchiveFile {
    this.created ??= createZippedSource(this, stringsProgram.text(), 'connection-strings.zip');
    return this.created;
  }
}
