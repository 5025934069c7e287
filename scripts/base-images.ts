/**
 * Asks the registries whether each base image exists for both architectures, and compares its digest with the recorded one.
 *
 *   npm run base-images             Compare. Exit code 1: a tag is missing or has another digest. Exit code 2: a registry could not be reached
 *   npm run base-images -- --write  Record the digests. Dockerfiles then name `image:tag@sha256:...`
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { allBaseImages } from '../modules/rules/base-images';
import { type TagState, tagState } from './base-images/registry';

const PLATFORMS = ['linux/amd64', 'linux/arm64'];

const DIGESTS_FILE = join(__dirname, '../modules/rules/base-image-digests.json');

type Digests = Readonly<Record<string, string>>;

/** The result of a check. */
export interface Outcome {
  /** One line for each image with a finding. */
  readonly lines: readonly string[];
  /** Digests to record: the new ones, and the recorded ones of images whose registry could not be asked. */
  readonly digests: Digests;
  /** 0: all digests are as recorded. 1: something differs. 2: not all registries could be asked. */
  readonly code: 0 | 1 | 2;
}

/**
 * Compares the recorded digests of images with those in their registries.
 *
 * @param ask asks a registry. Default: over the network
 */
export async function checkBaseImages(
  images: readonly string[],
  recorded: Digests,
  ask: (image: string) => Promise<TagState> = tagState,
): Promise<Outcome> {
  const found: { image: string; digest?: string; line?: string; code: Outcome['code'] }[] = [];
  const unreached = new Map<string | undefined, TagState>();
  // One at a time: public registries limit requests per IP address.
  for (const image of images) {
    const [host] = image.split('/');
    const state = unreached.get(host) ?? (await ask(image));
    if (state.is === 'unreached') unreached.set(host, state);
    found.push({ image, ...judged(state, recorded[image]) });
  }
  const digests = found.flatMap(({ image, digest }) => (digest === undefined ? [] : [[image, digest]]));
  return {
    lines: found.flatMap(({ image, line }) => (line === undefined ? [] : [`${image}: ${line}`])),
    digests: Object.fromEntries(digests),
    code: found.some(({ code }) => code === 1) ? 1 : found.some(({ code }) => code === 2) ? 2 : 0,
  };
}

function judged(state: TagState, recorded: string | undefined) {
  if (state.is === 'unknown' || state.is === 'unreached')
    return { digest: recorded, line: `not checked: ${state.why}`, code: 2 } as const;
  if (state.is === 'missing') return { line: 'the tag does not exist', code: 1 } as const;
  const lacking = PLATFORMS.filter((platform) => !state.platforms.includes(platform));
  if (lacking.length > 0) return { line: `missing for ${lacking.join(' and ')}`, code: 1 } as const;
  if (recorded === state.digest) return { digest: state.digest, code: 0 } as const;
  const line = recorded === undefined ? `${state.digest}, not recorded` : `${state.digest}, recorded ${recorded}`;
  return { digest: state.digest, line, code: recorded === undefined ? 0 : 1 } as const;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
  const recorded: Digests = JSON.parse(readFileSync(DIGESTS_FILE, 'utf8'));
  const images = allBaseImages();
  const { lines, digests, code } = await checkBaseImages(images, recorded);
  for (const line of lines) console.log(line);
  console.log(`${images.length} images, ${Object.keys(digests).length} with a digest`);
  if (values.write) writeFileSync(DIGESTS_FILE, `${JSON.stringify(digests, null, 2)}\n`);
  process.exitCode = code;
}

if (require.main === module) void main();
