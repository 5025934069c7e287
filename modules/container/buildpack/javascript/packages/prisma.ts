import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { foundValue } from '../../../../problems/found';
import type { Finding } from '../../../../problems/problem';
import type { UnbundledPackage } from '../bundle';
import type { NodeProject } from './project';

const CLIENT = '@prisma/client';

/** A Prisma client that `prisma generate` writes next to the package. No lockfile lists it. */
export interface PrismaClient {
  /** The schema that it is generated from, without other generators. */
  readonly schema: string;
  /** Path of the schema, relative to the lockfile's folder. */
  readonly path: string;
  readonly command: string;
  /** System packages that its engine needs, and that Prisma looks for when it selects the engine. */
  readonly libraries: readonly string[];
}

/**
 * The Prisma client to generate in the image, for its platform. Undefined if the code needs none, for example because it is generated
 * into the project's sources.
 *
 * @param place folder of the bundle, relative to the lockfile's folder
 * @see https://www.prisma.io/docs/orm/prisma-schema/overview/generators
 */
export function prismaClient(
  { lockfile }: NodeProject,
  kept: readonly UnbundledPackage[],
  place: string,
): PrismaClient | Finding | undefined {
  const asked = kept.filter(
    ({ name, files }) => name === CLIENT && files?.some((file) => !/[\\/]runtime[\\/]/.test(file)),
  );
  const folder = asked.find((one) => one.folder !== undefined)?.folder;
  const locked = lockfile.resolve(CLIENT, place);
  if (folder === undefined || locked.kind !== 'installed' || locked.locked.version === undefined) return undefined;
  // Prisma keeps a copy of the schema there, with the content of all files if there are several.
  const made = join(folder, '..', '..', '.prisma', 'client', 'schema.prisma');
  if (!existsSync(made))
    return {
      found: foundValue(CLIENT, ', whose client is not generated'),
      accepted: 'a generated client, from which the schema is read',
      fix: 'run npx prisma generate',
    };
  const path = posix.join(place, 'prisma', 'schema.prisma');
  return {
    schema: onlyClient(readFileSync(made, 'utf8')),
    path,
    command: `npx --yes prisma@${locked.locked.version} generate --schema ${JSON.stringify(path)}`,
    libraries: ['openssl'],
  };
}

/** Removes other generators, which might be for development only, and the list of platforms, so that the image's platform is used. */
function onlyClient(schema: string): string {
  return schema.replace(/^[ \t]*generator\s+\w+\s*\{[^}]*\}[ \t]*\r?\n?/gm, (generator) =>
    /^\s*provider\s*=\s*"prisma-client-js"/m.test(generator)
      ? generator.replace(/^\s*(output\s*=.*|binaryTargets\s*=\s*(\[[^\]]*\]|.*))\r?\n/gm, '')
      : '',
  );
}
