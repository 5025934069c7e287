import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { atExit } from './at-exit';
import { askEngine, type Engine } from './engine-client';

/** Whose images are looked for: of one job of one stack. */
export interface ImageOwner {
  readonly stack: string;
  readonly job: string;
}

/** Name of all images that local runs build. */
export const IMAGE_NAME = 'batch-jobs-local';

/** What says that an image is of a local run, and of which job. One label, since Podman matches any of several. */
export function ownLabel({ stack, job }: ImageOwner): string {
  return `batch-jobs.local=${stack}/${job}`;
}

/** The label of what keeps an image, with the machine on which the process is whose number its name holds. */
function holdLabel({ stack, job }: ImageOwner): string {
  return `batch-jobs.local.hold=${hostname()}/${stack}/${job}`;
}

const HOLD = `${IMAGE_NAME}-hold`;

/**
 * Keeps an image until this process ends, also between attempts, when no container of it is there: a container that never starts uses it.
 *
 * @returns whether the image is there to be kept
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

/** Seconds that an unnamed image of a step stays at least: another run may just be building with it. */
const STEP_SECONDS = 600;

/** What is read here of an image. */
interface ListedImage {
  readonly id: string;
  readonly isNamed: boolean;
  /** Milliseconds since 1970; not a number if the engine writes it in another way. */
  readonly createdAt: number;
}

/**
 * Removes images that earlier runs of a job have built. What a container uses stays, and so what another run holds.
 *
 * @param current the job's image
 * @param steps what it was built of, by the beginning of their ids; undefined if it was there
 * @returns how many images with a name are gone
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
  // The engines list what was made last first, so that nothing is removed before what is made of it.
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

/** Removes what keeps images for processes of this machine that were killed, and could not clean up. */
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
    // Another user's runs too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
