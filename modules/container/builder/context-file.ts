import { gzipSync } from 'node:zlib';
import type { Construct } from 'constructs';
import { ConfigError } from '../../config/problem';
import { StackFile } from '../../stack-file';
import { type BuildContext, contextDigest } from '../build-context';
import { tar } from '../tar';

/** The build context as a compressed archive in the stack's directory, where the machine finds it that applies. */
export function contextFile(scope: Construct, id: string, context: BuildContext, digest: string): StackFile {
  return new StackFile(scope, id, {
    name: 'context.tar.gz',
    content: () => unchanged(context, digest),
    hash: digest.slice(0, 32),
  });
}

/** The archive; at its end it is certain that its files are those that the digest is of. */
function* unchanged(context: BuildContext, digest: string): Generator<Buffer> {
  yield* compressed(tar(context.files));
  if (contextDigest(context) === digest) return;
  const found = 'files that changed while they were read';
  const accepted = 'files that stay as they are during synthesis';
  const fix = 'try again when nothing writes to them, or leave them out of the build context';
  throw new ConfigError([{ path: '', found, accepted, fix }], 'build context');
}

/** Bytes that are compressed at once. */
const MEMBER = 4 * 1024 ** 2;

/**
 * Bytes as a gzip file of several members, so that no more than one of them is held.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1952#page-5
 */
export function* compressed(pieces: Iterable<Buffer>): Generator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for (const piece of pieces) {
    held.push(piece);
    size += piece.length;
    if (size < MEMBER) continue;
    yield member(held);
    held = [];
    size = 0;
  }
  if (size > 0) yield member(held);
}

/** At a level that costs little time and leaves sources a fifth of their size. */
function member(pieces: readonly Buffer[]): Buffer {
  return gzipSync(Buffer.concat(pieces), { level: 3 });
}
