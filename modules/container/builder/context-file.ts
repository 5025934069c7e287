import { gzipSync } from 'node:zlib';
import type { Construct } from 'constructs';
import { ConfigError } from '../../problems/config-error';
import { StackFile } from '../../terraform/stack-file';
import { type BuildContext, contextDigest } from '../build-context';
import { tar } from '../tar';

/** The build context as a compressed archive in the stack's folder, so that Terraform can run on another machine. */
export function createContextFile(scope: Construct, id: string, context: BuildContext, digest: string): StackFile {
  return new StackFile(scope, id, {
    name: 'context.tar.gz',
    content: () => unchanged(context, digest),
    hash: digest.slice(0, 32),
  });
}

/** The archive. Fails at the end if the files are not the ones that the digest was computed from. */
function* unchanged(context: BuildContext, digest: string): Generator<Buffer> {
  yield* compressed(tar(context.files));
  if (contextDigest(context) === digest) return;
  const found = 'files that changed during synthesis';
  const accepted = 'files that do not change during synthesis';
  const fix = 'try again when no program writes to them, or leave them out of the build context';
  throw new ConfigError([{ keys: [], found, accepted, fix }], 'build context');
}

/** Number of bytes that are compressed at a time. */
const MEMBER = 4 * 1024 ** 2;

/**
 * Compresses bytes into a gzip file of several members, so that only one member is in memory.
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

/** A fast level that still compresses source code to about a fifth of its size. */
function member(pieces: readonly Buffer[]): Buffer {
  return gzipSync(Buffer.concat(pieces), { level: 3 });
}
