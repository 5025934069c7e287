import { mkdtempSync, writeFileSync } from 'node:fs';
import { runMain } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventReference } from '../../../job/event-reference';
import { fetchEvent } from '../../../job/fetch-event';

// The first program of JavaScript images: `node start.cjs <entry> ...`. It sets STP_TRIGGER_EVENT_DATA to the event, and then runs the entry
// in the same process.

process.argv.splice(1, 1);

function takeEvent(event: string): void {
  const file = join(mkdtempSync(join(tmpdir(), 'stp-')), 'event.json');
  writeFileSync(file, event, { mode: 0o600 });
  process.env.STP_TRIGGER_EVENT_FILE = file;
  process.env.STP_TRIGGER_EVENT_DATA = event;
}

const reference = eventReference(process.env.STP_TRIGGER_EVENT_DATA ?? '');
if (reference === undefined) runMain();
else {
  fetchEvent(reference, process.env).then(
    (event) => {
      takeEvent(event);
      runMain();
    },
    (error: Error) => {
      process.stderr.write(`${error.message}\n`);
      process.exit(1);
    },
  );
}
