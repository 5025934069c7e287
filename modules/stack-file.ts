import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type ISynthesisSession, TerraformStack } from 'cdktf';
import { addCustomSynthesis } from 'cdktf/lib/synthesize/synthesizer';
import { Construct } from 'constructs';

type Content = string | Buffer | Iterable<Buffer>;

/** A file that a stack brings along. */
export interface StackFileProps {
  readonly name: string;
  /** Asked for when the file is written. In pieces: what nobody wants to hold in memory. */
  readonly content: () => Content;
  /**
   * Part of the path, so that another content has another path. A file that an earlier synthesis left at the path of its hash stays as it is.
   *
   * @default the content's MD5, in capitals
   */
  readonly hash?: string;
}

/**
 * A file in the stack's directory, where plan and apply find it on whichever machine they run. It lies where CDKTF's `TerraformAsset` would
 * copy it to, but is written from memory at synthesis: until then there is no file, and none that would have to be removed.
 */
export class StackFile extends Construct {
  /** Path from the stack's directory, in which Terraform runs. */
  readonly path: string;

  constructor(scope: Construct, id: string, { name, content, hash = md5(content()) }: StackFileProps) {
    super(scope, id);
    const folder = posix.join('assets', TerraformStack.of(this).getLogicalId(this.node));
    this.path = posix.join(folder, hash, name);
    addCustomSynthesis(this, {
      onSynthesize: (session) => {
        const directory = directoryOf(TerraformStack.of(this), session);
        mkdirSync(join(directory, folder, hash), { recursive: true });
        // What an earlier synthesis left there.
        for (const other of readdirSync(join(directory, folder))) {
          if (other !== hash) rmSync(join(directory, folder, other), { recursive: true, force: true });
        }
        if (!existsSync(join(directory, this.path))) write(join(directory, this.path), content());
      },
    });
  }
}

function directoryOf(stack: TerraformStack, { outdir, manifest }: ISynthesisSession): string {
  return join(outdir, manifest.forStack(stack).workingDirectory);
}

/** Under another name until it is whole. */
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
