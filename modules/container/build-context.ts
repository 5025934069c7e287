import { createHash } from 'node:crypto';
import type { Finding } from '../config/problem';
import { type TarEntry, tar } from './tar';

/** Processor architecture of an image, in the words of AWS. */
export type Architecture = 'x86_64' | 'arm64';

/** Docker's names of the architectures. */
export const PLATFORMS: { readonly [Name in Architecture]: string } = { x86_64: 'linux/amd64', arm64: 'linux/arm64' };

/** Stands in each digest: a change in how images are built must count as a change of every image. */
const BUILDER_VERSION = 1;

/** How the files become an image. */
export type BuildMethod =
  | {
      readonly tool: 'docker';
      /** Path of the Dockerfile in the context. */
      readonly dockerfile: string;
      readonly buildArgs: readonly (readonly [name: string, value: string])[];
    }
  | {
      readonly tool: 'pack';
      /** Builder image. */
      readonly builder: string;
      /** Buildpacks in order; none: the builder detects them. */
      readonly buildpacks: readonly string[];
      /** Variables of the build. */
      readonly variables: readonly (readonly [name: string, value: string])[];
    };

/** All that an image is made of. */
export interface BuildContext {
  readonly architecture: Architecture;
  readonly method: BuildMethod;
  /** Sorted by path. */
  readonly files: readonly TarEntry[];
  /** Command that the container runs. @default the image's own CMD */
  readonly command?: readonly string[];
  /** Whether a small init stands before the command, which forwards signals and collects orphans. */
  readonly init: boolean;
  /** Files that are written where the config asks for them, by absolute path. @default none */
  readonly copies?: readonly { readonly path: string; readonly content: Buffer }[];
}

/** Why a packaging cannot become an image, and the property at fault, below `packaging.properties`. */
export interface PackagingProblem extends Finding {
  readonly property: readonly (string | number)[];
}

/** A context, or all that keeps a packaging from having one. */
export type ContextResult = { readonly context: BuildContext } | { readonly problems: readonly PackagingProblem[] };

/** The files sorted by path, as bytes and not by any language's rules, so that every machine has one order. */
export function sortedFiles(files: readonly TarEntry[]): TarEntry[] {
  return [...files].sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}

/** The files as the archive that is sent to the builder. */
export function contextArchive({ files }: BuildContext): Buffer {
  return tar(files);
}

/** SHA-256, in hexadecimal, over everything that goes into the image. What only its container is told, the command, does not count. */
export function contextDigest({ architecture, method, files }: BuildContext): string {
  const listed = files.map(({ path, kind, content }) => [path, kind, sha256(content)]);
  return sha256(Buffer.from(JSON.stringify([BUILDER_VERSION, architecture, method, listed])));
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
