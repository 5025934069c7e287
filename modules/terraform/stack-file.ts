import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type ISynthesisSession, TerraformStack } from 'cdktf';
import { addCustomSynthesis } from 'cdktf/lib/synthesize/synthesizer';
import { Construct } from 'constructs';

type Content = string | Buffer | Iterable<Buffer>;

/** A file in a stack's directory. */
export interface StackFileProps {
  readonly name: string;
  /** Read when the file is written. An iterable yields the content in parts, so that large files need not fit in memory. */
  readonly content: () => Content;
  /**
   * Part of the path, so that different content has a different path. A file from an earlier synthesis at the same path is kept.
   *
   * @default the content's MD5, in capitals
   */
  readonly hash?: string;
}

/**
 * A file in the stack's directory, where plan and apply find it on any machine. Its path is that of CDKTF's `TerraformAsset`, but
 * synthesis writes it from memory, so there is no temporary file to remove.
 */
export class StackFile extends Construct {
  /** Path relative to the stack's directory, where Terraform runs. */
  readonly path: string;

  constructor(scope: Construct, id: string, { name, content, hash = md5(content()) }: StackFileProps) {
    super(scope, id);
    const folder = posix.join('assets', TerraformStack.of(this).getLogicalId(this.node));
    this.path = posix.join(folder, hash, name);
    addCustomSynthesis(this, {
      onSynthesize: (session) => {
        const directory = directoryOf(TerraformStack.of(this), session);
        mkdirSync(join(directory, folder, hash), { recursive: true });
        // Written by an earlier synthesis.
        for (const other of readdirSync(join(directory, folder))) {
          if (other !== hash) rmSync(join(directory, folder, other), { recursive: true, force: true });
        }
        if (!existsSync(join(directory, this.path))) write(join(directory, this.path), content());
      },
    });
  }
}

/** A stack's directory. */
export function directoryOf(stack: TerraformStack, { outdir, manifest }: ISynthesisSession): string {
  return join(outdir, manifest.forStack(stack).workingDirectory);
}

/** Uses a temporary name until the file is complete. */
function write(path: string, content: Content): void {
  const unfinished = `${path}.part`;
  const file = openSync(unfinished, 'w');
  try {
    for (const piece of pieces(content)) writeFileSync(file, piece);
  } finally {
    closeSync(file);
  }
  renameSync(unfinished, path);
}

function pieces(content: Content): Iterable<string | Buffer> {
  return typeof content === 'string' || Buffer.isBuffer(content) ? [content] : content;
}

function md5(content: Content): string {
  const hash = createHash('md5');
  for (const piece of pieces(content)) hash.update(piece);
  return hash.digest('hex').toUpperCase();
}
