import { mkdtempSync, writeFileSync } from 'node:fs';
import { runMain } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventReference } from '../../../job/event-reference';
import { fetchEvent } from '../../../job/fetch-event';
import { fetchItem } from '../../../job/fetch-item';
import { completeVariables } from './complete-variables';

// The first program of JavaScript images: `node start.cjs <entry> ...`. It sets STP_TRIGGER_EVENT_DATA to the event, or to this child's item,
// puts secrets into variables that need them, and then runs the entry in the same process.

process.argv.splice(1, 1);

const { env } = process;
completeVariables(env);
const reference = eventReference(env.STP_TRIGGER_EVENT_DATA ?? '');

/** What comes in the place of what AWS Batch has passed. Undefined if that is the event. */
async function fetched(): Promise<string | undefined> {
  if (env.STP_ITEMS) {
    const { index, text } = await fetchItem(env.STP_ITEMS, env);
    env.STP_ITEM_INDEX = String(index);
    if (text !== undefined) return text;
  }
  return reference && fetchEvent(reference, env);
}

function takeEvent(event: string): void {
  const file = join(mkdtempSync(join(tmpdir(), 'stp-')), 'event.json');
  writeFileSync(file, event, { mode: 0o600 });
  env.STP_TRIGGER_EVENT_FILE = file;
  env.STP_TRIGGER_EVENT_DATA = event;
}

if (!env.STP_ITEMS && reference === undefined) runMain();
else {
  fetched().then(
    (event) => {
      if (event !== undefined) takeEvent(event);
      runMain();
    },
    (error: Error) => {
      process.stderr.write(`${error.message}\n`);
      process.exit(1);
    },
  );
}
