import { open } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as delay } from 'node:timers/promises';
import type { RecordedLog } from '../../local/recording/run-store';

/** Bytes that are read at once. */
const PIECE = 1_048_576;
/** Milliseconds between two looks at a log that grows. */
const EVERY_MS = 100;

/**
 * The rows of a recorded log.
 *
 * @param find where the log is
 * @param follow whether to wait for more until the run has ended
 */
export async function* logRows(
  find: () => Promise<RecordedLog | undefined>,
  follow: boolean,
): AsyncGenerator<string, void> {
  let position = 0;
  let rest: string[] = [];
  const decoder = new StringDecoder('utf8');
  for (;;) {
    // Asked first: what was written before the end is then read below.
    const log = await find();
    for await (const piece of pieces(log?.file, position)) {
      position += piece.length;
      const [first = '', ...lines] = decoder.write(piece).split('\n');
      rest.push(first);
      if (lines.length === 0) continue;
      yield rest.join('');
      rest = [lines.pop() ?? ''];
      yield* lines;
    }
    if (log === undefined || log.isComplete) {
      const last = rest.join('');
      if (last !== '') yield last;
      return;
    }
    if (!follow) return;
    await delay(EVERY_MS);
  }
}

async function* pieces(path: string | undefined, from: number): AsyncGenerator<Buffer, void> {
  const file = path === undefined ? undefined : await open(path).catch(() => undefined);
  if (file === undefined) return;
  try {
    for (let position = from; ; ) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(PIECE), 0, PIECE, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
