import { dirname } from 'node:path';
import { App } from 'cdktf';

/**
 * An output folder that nothing is written to. CDKTF makes `stacks` in it at once unless it is there, and this file is in such a folder:
 * so nothing is left where a process is killed, and nothing has to be writable.
 */
const OUTPUT_FOLDER = dirname(__dirname);

/** An app whose stacks are never written. */
export function unwrittenApp(): App {
  return new App({ outdir: OUTPUT_FOLDER });
}
