import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type Finding, formatFound } from '../../../../config/problem';
import type { Kept } from '../bundle';
import type { NodeProject } from './project';

const CLIENT = '@prisma/client';

/** A client of Prisma that `prisma generate` makes beside the package, which no lockfile has. */
export interface PrismaClient {
  /** The schema that it is made of, for this one client only. */
  readonly schema: string;
  /** Path of the schema, relative to the lockfile's folder. */
  readonly path: string;
  readonly command: string;
  /** Packages of the distribution that its engine needs, also to be chosen rightly. */
  readonly libraries: readonly string[];
}

/**
 * The client of Prisma to generate in the image, for its platform; undefined if the code needs none, as with one that is generated into the
 * project's own sources.
 *
 * @param place folder of the bundle, relative to the lockfile's
 * @see https://www.prisma.io/docs/orm/prisma-schema/overview/generators
 */
export function prismaClient(
  { lockfile }: NodeProject,
  kept: readonly Kept[],
  place: string,
): PrismaClient | Finding | undefined {
  const asked = kept.filter(
    ({ name, files }) => name === CLIENT && files?.some((file) => !/[\\/]runtime[\\/]/.test(file)),
  );
  const folder = asked.find((one) => one.folder !== undefined)?.folder;
  const locked = lockfile.resolve(CLIENT, place);
  if (folder === undefined || locked.kind !== 'installed' || locked.locked.version === undefined) return undefined;
  // Prisma keeps a copy of the schema there, of all files if there are several.
  const made = join(folder, '..', '..', '.prisma', 'client', 'schema.prisma');
  if (!existsSync(made))
    return {
      found: `${formatFound(CLIENT)}, whose client is not generated`,
      accepted: 'a client as the image is to have it: its schema is read from it',
      fix: 'run `npx prisma generate`',
    };
  const path = posix.join(place, 'prisma', 'schema.prisma');
  return {
    schema: onlyClient(readFileSync(made, 'utf8')),
    path,
    command: `npx --yes prisma@${locked.locked.version} generate --schema ${JSON.stringify(path)}`,
    libraries: ['openssl'],
  };
}

/** Without other generators, which may be for development only, and without platforms other than the image's own. */
function onlyClient(schema: string): string {
  return schema.replace(/^[ \t]*generator\s+\w+\s*\{[^}]*\}[ \t]*\r?\n?/gm, (generator) =>
    /^\s*provider\s*=\s*"prisma-client-js"/m.test(generator)
      ? generator.replace(/^\s*(output\s*=.*|binaryTargets\s*=\s*(\[[^\]]*\]|.*))\r?\n/gm, '')
      : '',
  );
}
