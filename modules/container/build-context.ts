import { createHash } from 'node:crypto';
import type { Finding } from '../problems/problem';
import type { Launch } from './launch';
import { chunks, type TarContent, type TarEntry } from './tar';

/** Processor architecture of an image, as AWS names it. */
export type Architecture = 'x86_64' | 'arm64';

/** Docker's names of the architectures. */
export const PLATFORMS: { readonly [Name in Architecture]: string } = { x86_64: 'linux/amd64', arm64: 'linux/arm64' };

/** Part of each digest: a change in how images are built must change every image's tag. */
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

/** A build secret. Build commands read it from a file with its name, and our own commands from a variable with its name. */
export interface BuildSecret {
  readonly name: string;
  /** `$Secret(...)` or `$Parameter(...)`, as written in the config. */
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
  /** What the image starts. @default only its own Dockerfile or buildpacks tell */
  readonly launch?: Launch;
  /** Command that the container runs instead. @default the image's own CMD */
  readonly command?: readonly string[];
  /** Whether a small init process runs the command. It forwards signals and reaps orphaned processes. */
  readonly init: boolean;
  /** Files that synthesis writes to the paths that the config gives, by absolute path. @default none */
  readonly copies?: readonly { readonly path: string; readonly content: TarContent }[];
  /** Sorted by name. @default none */
  readonly secrets?: readonly BuildSecret[];
  /** Registries that the build logs in to. @default none */
  readonly logins?: readonly RegistryLogin[];
  /** Images that the build pulls, if the config names them. @default none */
  readonly pulls?: readonly string[];
  /** Notes for the user that don't prevent the build. @default none */
  readonly notes?: readonly PackagingNote[];
}

/** A note about a packaging that can be built, and the property that it is about. */
export interface PackagingNote {
  /** Keys and indices below `packaging.properties`. */
  readonly property: readonly (string | number)[];
  /** One line. */
  readonly message: string;
}

/** Why a packaging cannot be built, and the property at fault, below `packaging.properties`. */
export interface PackagingProblem extends Finding {
  readonly property: readonly (string | number)[];
}

/** A build context, or every problem that prevents one. */
export type ContextResult = { readonly context: BuildContext } | { readonly problems: readonly PackagingProblem[] };

/** The files sorted by path. Compares bytes, not letters of a locale, so the order is the same on every machine. */
export function sortedFiles(files: readonly TarEntry[]): TarEntry[] {
  return [...files].sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}

/**
 * SHA-256, in hexadecimal, of everything that goes into the image. The container's command isn't part of it, and neither is the value of a
 * secret: only the secret's name is.
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
