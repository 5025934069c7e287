import { exitHint, type HintedExit } from '../../../cli/local/exit-hint';

const EXIT: HintedExit = { exitCode: 1, said: '', killed: false, isInterrupted: false, architecture: 'x86_64' };

it.each<[string, Partial<HintedExit>, RegExp]>([
  ['a full disk', { said: 'write /app/out: no space left on device' }, /^The disk is full\. .* prune\.$/],
  ['a full disk, as Node.js says it', { said: 'Error: ENOSPC: no space left' }, /^The disk is full/],
  [
    'SIGKILL of unknown origin',
    { exitCode: 137 },
    /^Exit code 137 means SIGKILL, .* memory ran out: .*resources\.memory/,
  ],
  [
    'a foreign architecture',
    { architecture: 'arm64', exitCode: 255, said: 'exec /usr/bin/node: exec format error' },
    /^The job is for arm64, and this machine is x64\. Install .* or set resources\.architecture\.$/,
  ],
  [
    'a job that ends with an exit code of its own after SIGTERM',
    { isInterrupted: true },
    /^After SIGTERM, exit with code 143: AWS Batch then restarts a Spot job/,
  ],
  ...[
    'choosing an image from manifest list docker://x: no image found in image index for architecture arm64, variant "v8", OS linux',
    'no matching manifest for linux/arm64/v8 in the manifest list entries',
    'image was found but does not match the specified platform: wanted linux/arm64, actual: linux/amd64',
    'image was found but does not provide the specified platform (linux/arm64)',
  ].map((said): [string, Partial<HintedExit>, RegExp] => [
    said,
    { exitCode: undefined, architecture: 'arm64', said },
    /^No arm64 variant of the image was found\. Use an image that has one, or set resources\.architecture\.$/,
  ]),
  [
    'an image that is only for the other architecture, on a machine of the right one',
    { exitCode: undefined, said: 'no matching manifest for linux/amd64 in the manifest list entries' },
    /^No x86_64 variant/,
  ],
])('has a hint for %s', (_, exit, hint) => expect(exitHint({ ...EXIT, ...exit }, 'x64')).toMatch(hint));

it.each<[string, Partial<HintedExit>]>([
  ['an exit code of the job', {}],
  ['an interruption that ended as it should', { exitCode: 143, isInterrupted: true }],
  ['an interruption that ended with SIGKILL', { exitCode: 137, isInterrupted: true, killed: true }],
  ['a job that succeeded in spite of it', { exitCode: 0, said: 'no space left on device' }],
  ['a job that writes about images', { said: 'no matching manifest for linux/arm64' }],
  ['SIGKILL that was sent here', { exitCode: 137, killed: true }],
  ['memory, which the engine names itself', { exitCode: 137, said: 'OutOfMemoryError: Container killed' }],
  ['a script that is none', { exitCode: 126, said: 'exec /job.sh: exec format error' }],
])('has none for %s', (_, exit) => expect(exitHint({ ...EXIT, ...exit }, 'x64')).toBeUndefined());
