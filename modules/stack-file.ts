import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type ISynthesisSession, TerraformStack } from 'cdktf';
import { addCustomSynthesis } from 'cdktf/lib/synthesize/synthesizer';
import { Construct } from 'constructs';

/** A file that a stack brings along. */
export interface StackFileProps {
  readonly name: string;
  /** Asked for when the file is written. */
  readonly content: () => string | Buffer;
  /** Part of the path, so that another content has another path. @default the content's MD5, in capitals */
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
        // What an earlier synthesis left there.
        rmSync(join(directory, folder), { recursive: true, force: true });
        mkdirSync(join(directory, folder, hash), { recursive: true });
        writeFileSync(join(directory, this.path), content());
      },
    });
  }
}

function directoryOf(stack: TerraformStack, { outdir, manifest }: ISynthesisSession): string {
  return join(outdir, manifest.forStack(stack).workingDirectory);
}

function md5(content: string | Buffer): string {
  return createHash('md5').update(content).digest('hex').toUpperCase();
}
