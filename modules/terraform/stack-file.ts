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

  constructor(scope: Construct, id: string, { name, content, hash = md5([content()]) }: StackFileProps) {
    super(scope, id);
    this.path = addAsset(this, hash, name, (path) => writeFile(path, content()));
  }
}

/** A file of a folder in a stack's directory. */
export interface FolderFile {
  /** Path in the folder, with forward slashes. */
  readonly path: string;
  /** Read when the folder is written, and before for the hash. */
  readonly content: () => Iterable<Buffer>;
}

/** A folder in the stack's directory, as a {@link StackFile}. */
export class StackFolder extends Construct {
  /** Path relative to the stack's directory, where Terraform runs. */
  readonly path: string;

  /** @param files sorted: the same files have the same path */
  constructor(scope: Construct, id: string, name: string, files: readonly FolderFile[]) {
    super(scope, id);
    const hash = md5(files.map(({ path, content }) => `${path} ${md5([content()])}\n`));
    this.path = addAsset(this, hash, name, (folder) => {
      for (const { path, content } of files) {
        mkdirSync(join(folder, posix.dirname(path)), { recursive: true });
        writeFile(join(folder, path), content());
      }
    });
  }
}

/** Lets synthesis write an asset, unless an earlier one has. Its path, which is relative to the stack's directory. */
function addAsset(scope: Construct, hash: string, name: string, write: (path: string) => void): string {
  const folder = posix.join('assets', TerraformStack.of(scope).getLogicalId(scope.node));
  const path = posix.join(folder, hash, name);
  addCustomSynthesis(scope, {
    onSynthesize: (session) => {
      const directory = directoryOf(TerraformStack.of(scope), session);
      mkdirSync(join(directory, folder, hash), { recursive: true });
      // Written by an earlier synthesis.
      for (const other of readdirSync(join(directory, folder))) {
        if (other !== hash) rmSync(join(directory, folder, other), { recursive: true, force: true });
      }
      const whole = join(directory, path);
      if (existsSync(whole)) return;
      // A temporary name until it is complete.
      const unfinished = `${whole}.part`;
      rmSync(unfinished, { recursive: true, force: true });
      write(unfinished);
      renameSync(unfinished, whole);
    },
  });
  return path;
}

/** A stack's directory. */
export function directoryOf(stack: TerraformStack, { outdir, manifest }: ISynthesisSession): string {
  return join(outdir, manifest.forStack(stack).workingDirectory);
}

function writeFile(path: string, content: Content): void {
  const file = openSync(path, 'w');
  try {
    for (const piece of pieces(content)) writeFileSync(file, piece);
  } finally {
    closeSync(file);
  }
}

function pieces(content: Content): Iterable<string | Buffer> {
  return typeof content === 'string' || Buffer.isBuffer(content) ? [content] : content;
}

function md5(contents: readonly Content[]): string {
  const hash = createHash('md5');
  for (const content of contents) for (const piece of pieces(content)) hash.update(piece);
  return hash.digest('hex').toUpperCase();
}
