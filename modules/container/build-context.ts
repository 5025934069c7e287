import { createHash } from 'node:crypto';
import type { Finding } from '../config/problem';
import { chunks, type TarContent, type TarEntry } from './tar';

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
      /** Stage that becomes the image. @default the last one */
      readonly target?: string;
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
      /** Program that a last layer makes the image's entrypoint. @default the buildpacks decide */
      readonly entrypoint?: string;
    };

/** A secret that commands of the build find in a file, and commands of this project in a variable, of its name. */
export interface BuildSecret {
  readonly name: string;
  /** `$Secret(...)` or `$Parameter(...)`, as the config has it. */
  readonly reference: string;
}

/** A registry that images are pulled from with credentials. */
export interface RegistryLogin {
  /** Host, such as `ghcr.io`. */
  readonly registry: string;
  /** Whole ARN of a secret with `username` and `password`. */
  readonly secretArn: string;
}

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
  readonly copies?: readonly { readonly path: string; readonly content: TarContent }[];
  /** Sorted by name. @default none */
  readonly secrets?: readonly BuildSecret[];
  /** Registries that the build logs in to. @default none */
  readonly logins?: readonly RegistryLogin[];
  /** Images that the build pulls, as far as the configuration names them. @default none */
  readonly pulls?: readonly string[];
  /** What a person should know, though the image can be built. @default nothing */
  readonly notes?: readonly PackagingNote[];
}

/** What a person should know of a packaging that can become an image, and the property that it is about. */
export interface PackagingNote {
  /** Keys and indices below `packaging.properties`. */
  readonly property: readonly (string | number)[];
  /** One line. */
  readonly message: string;
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

/**
 * SHA-256, in hexadecimal, over everything that goes into the image. What only its container is told, the command, does not count. Of a secret
 * counts what it is called, never its value.
 */
export function contextDigest({ architecture, method, files, secrets = [] }: BuildContext): string {
  const listed = files.map(({ path, kind, content }) => [path, kind, sha256(content)]);
  return sha256(
    Buffer.from(
      JSON.stringify([BUILDER_VERSION, architecture, method, listed, ...(secrets.length === 0 ? [] : [secrets])]),
    ),
  );
}

function sha256(content: TarContent): string {
  const hash = createHash('sha256');
  for (const chunk of chunks(content)) hash.update(chunk);
  return hash.digest('hex');
}
