import { exitHint } from '../../../cli/local/exit-hint';

const EXIT = { exitCode: 1, said: '', killed: false, architecture: 'x86_64' } as const;

it.each([
  ['a full disk', { said: 'write /app/out: no space left on device' }, /^The disk is full\. .* prune\.$/],
  ['a full disk, as Node.js says it', { said: 'Error: ENOSPC: no space left' }, /^The disk is full/],
  ['SIGKILL of unknown origin', { exitCode: 137 }, /SIGKILL, usually because .* ran out of memory\.$/],
  [
    'a foreign architecture',
    { architecture: 'arm64', exitCode: 255, said: 'exec /usr/bin/node: exec format error' } as const,
    /^The job is for arm64, and this machine is x64\. Install .* or set architecture\.$/,
  ],
])('has a hint for %s', (_, exit, hint) => expect(exitHint({ ...EXIT, ...exit }, 'x64')).toMatch(hint));

it.each([
  ['an exit code of the job', {}],
  ['SIGKILL that was sent here', { exitCode: 137, killed: true }],
  ['memory, which the engine names itself', { exitCode: 137, said: 'OutOfMemoryError: Container killed' }],
  ['a script that is none', { exitCode: 126, said: 'exec /job.sh: exec format error' }],
])('has none for %s', (_, exit) => expect(exitHint({ ...EXIT, ...exit }, 'x64')).toBeUndefined());
