import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { atExit } from '../command/at-exit';
import { askEngine, type Engine } from './engine-client';

/** The job and stack whose images are searched. */
export interface ImageOwner {
  readonly stack: string;
  readonly job: string;
}

/** Name of all images that local runs build. */
export const IMAGE_NAME = 'batch-jobs-local';

/** Label of images from local runs, with the job. A single label, because Podman matches images with any of several labels. */
export function ownLabel({ stack, job }: ImageOwner): string {
  return `batch-jobs.local=${stack}/${job}`;
}

/** Label of containers that keep an image in use. It contains the machine of the process whose id is in the container's name. */
function holdLabel({ stack, job }: ImageOwner): string {
  return `batch-jobs.local.hold=${hostname()}/${stack}/${job}`;
}

const HOLD = `${IMAGE_NAME}-hold`;

/**
 * Keeps an image until this process ends, also between attempts, with a container that uses the image and never starts.
 *
 * @returns whether the image exists
 */
export function holdImage(engine: Engine, image: string, owner: ImageOwner): boolean {
  const name = `${HOLD}-${process.pid}-${randomUUID()}`;
  const release = atExit(() => {
    askEngine(engine, ['rm', '--force', name]);
  });
  const words = ['create', '--pull', 'never', '--name', name, '--label', holdLabel(owner), image, 'true'];
  const { status } = askEngine(engine, words);
  if (status !== 0) release();
  return status === 0;
}

/** Minimum age of an untagged image before it is removed, in seconds, because another run might be building with it. */
const STEP_SECONDS = 600;

/** The properties of an image that are read. */
interface ListedImage {
  readonly id: string;
  readonly isNamed: boolean;
  /** Creation time in milliseconds since 1970. NaN if the engine's format is unknown. */
  readonly createdAt: number;
}

/**
 * Removes images that earlier runs of a job built. Keeps images that a container or another run uses.
 *
 * @param current the job's image
 * @param steps id prefixes of the images that it was built from. Undefined if it existed before
 * @returns the number of removed images with a name
 */
export function removeOldImages(
  engine: Engine,
  owner: ImageOwner,
  current: string,
  steps: ReadonlySet<string> | undefined,
): number {
  releaseAbandoned(engine, owner);
  const id = askEngine(engine, ['image', 'inspect', '--format', '{{.Id}}', current]).stdout?.trim();
  if (!id) return 0;
  const kept = [bareId(id), ...(steps ?? [])];
  const isOld = (image: ListedImage) => !kept.some((start) => image.id.startsWith(start));
  const listed = listImages(engine, owner);
  const named = listed.filter((image) => image.isNamed && isOld(image));
  const unnamed =
    steps === undefined
      ? []
      : listed.filter((image) => !image.isNamed && isOld(image) && Date.now() - image.createdAt > STEP_SECONDS * 1000);
  // Engines list the newest images first, so an image is removed before the ones that it is based on.
  for (const ids of [named, unnamed]) {
    if (ids.length > 0) askEngine(engine, ['rmi', ...ids.map((image) => image.id)]);
  }
  if (named.length === 0) return 0;
  const left = new Set(listImages(engine, owner).map((image) => image.id));
  return named.filter((image) => !left.has(image.id)).length;
}

function listImages(engine: Engine, owner: ImageOwner): ListedImage[] {
  const filter = ['--filter', `label=${ownLabel(owner)}`];
  const format = '{{.ID}}|{{.Repository}}|{{.CreatedAt}}';
  const { status, stdout } = askEngine(engine, ['images', '--all', '--no-trunc', ...filter, '--format', format]);
  if (status !== 0) return [];
  const images = stdout.split('\n').flatMap((line): ListedImage[] => {
    const [id = '', repository = '', createdAt = ''] = line.split('|');
    if (id === '') return [];
    const isNamed = repository === IMAGE_NAME || repository === `localhost/${IMAGE_NAME}`;
    // 2026-01-31 12:00:00.123 +0000 UTC
    return [{ id: bareId(id), isNamed, createdAt: Date.parse(createdAt.replace(/ [A-Z]+$/, '')) }];
  });
  return images.filter((image, index) => images.findIndex(({ id }) => id === image.id) === index);
}

function bareId(id: string): string {
  return id.replace(/^sha256:/, '');
}

/** Removes containers that keep images for processes that were killed before they could clean up. */
function releaseAbandoned(engine: Engine, owner: ImageOwner): void {
  const filter = ['--filter', `label=${holdLabel(owner)}`];
  const { status, stdout } = askEngine(engine, ['ps', '--all', ...filter, '--format', '{{.Names}}']);
  if (status !== 0) return;
  const abandoned = stdout.split('\n').filter((name) => {
    const [, pid] = new RegExp(`^${HOLD}-(\\d+)-`).exec(name) ?? [];
    return pid !== undefined && !isRunning(Number(pid));
  });
  if (abandoned.length > 0) askEngine(engine, ['rm', ...abandoned]);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Includes runs of other users.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
