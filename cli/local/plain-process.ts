import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildContext } from '../../modules/container/build-context';
import { APP, type Launch, START } from '../../modules/container/launch';
import { atExit } from '../command/at-exit';
import { follow, killGroup, signalProcess } from './child-container';
import type { ContainerSource, ContainerStart, RunningContainer } from './container';
import { descendants } from './descendants';
import { createTemporaryFolder } from './temporary-folder';

/** Programs of images, and their equivalents on this machine. */
const PROGRAMS: { readonly [program: string]: string } = {
  node: process.execPath,
  python: 'python3',
  python3: 'python3',
};

/** Folders of the image, and of the build context for their files. */
const IMAGE_FOLDERS: readonly (readonly [inImage: string, inContext: string])[] = [
  [START, ''],
  [APP, 'app'],
];

/** The program that an image starts and that is not installed on this machine. Undefined if it is installed. */
export function missingProgram({ command: [word = ''] }: Launch): string | undefined {
  const program = programOf(word);
  return spawnSync(program, ['--version'], { env: process.env, stdio: 'ignore' }).status === 0 ? undefined : program;
}

/** The program on this machine that replaces a program of an image. */
function programOf(word: string): string {
  return (Object.hasOwn(PROGRAMS, word) ? PROGRAMS[word] : undefined) ?? word;
}

/** Whether an image can run without a container engine: its program needs only the build context and an installed runtime. */
export function runsWithoutEngine({ command: [program = ''] }: Launch): boolean {
  return Object.hasOwn(PROGRAMS, program);
}

/** A build context whose image's start is known. */
export interface PlainImage extends Pick<BuildContext, 'files'> {
  readonly launch: Launch;
}

/** Processes instead of containers: the same files and command in a separate folder, with only the container's variables. */
export function plainProcesses(image: PlainImage): ContainerSource {
  return { description: 'plain process', start: async (options) => start(image, options) };
}

function start({ files, launch }: PlainImage, options: ContainerStart): RunningContainer {
  const folder = createTemporaryFolder(
    files.filter(({ path }) => path !== 'Dockerfile' && !path.startsWith('packages/')),
  );
  // In the same folder, so that it is removed together with the files that a job leaves.
  for (const name of [inFolder(launch.workingDirectory, ''), 'home', 'tmp'])
    mkdirSync(join(folder.path, name), { recursive: true });
  linkPackages(launch, folder.path);
  const temporary = join(folder.path, 'tmp');
  const [program = '', ...args] = launch.command.map((word) => inFolder(word, folder.path));
  const child = spawn(programOf(program), args, {
    cwd: inFolder(launch.workingDirectory, folder.path),
    env: {
      ...Object.fromEntries(
        Object.entries(launch.variables).map(([name, value]) => [name, listInFolder(value, folder.path)]),
      ),
      // Instead of the image's.
      PATH: process.env.PATH,
      HOME: join(folder.path, 'home'),
      TMPDIR: temporary,
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A separate process group: all processes that it starts can be ended with it, and Ctrl-C reaches only the runner.
    detached: true,
  });
  const killAll = atExit(() => {
    killGroup(child);
    for (const pid of descendants(`TMPDIR=${temporary}`)) signalProcess(pid, 'SIGKILL');
  });
  const { exited, ended } = follow(child, options.onOutput, killAll);
  return {
    exited,
    ended: ended.finally(folder.dispose),
    // Only the first process gets the signal, as in a container. SIGKILL ends all of them.
    signal: (name) => (name === 'SIGKILL' ? killAll() : signalProcess(child.pid, name)),
  };
}

/** Translates a path in the image to a path in the folder. Other words are unchanged. */
function inFolder(word: string, folder: string): string {
  for (const [inImage, inContext] of IMAGE_FOLDERS) {
    if (word === inImage || word.startsWith(`${inImage}/`)) return join(folder, inContext, word.slice(inImage.length));
  }
  return word;
}

/** The same for each path in a list of paths, such as that of `PYTHONPATH`. */
function listInFolder(value: string, folder: string): string {
  return value
    .split(':')
    .map((word) => inFolder(word, folder))
    .join(':');
}

/** Uses the packages on this machine for those that the image's build installs. */
function linkPackages({ installed = [] }: Launch, folder: string): void {
  for (const { inImage, onMachine } of installed) {
    const modules = join(onMachine, 'node_modules');
    if (!existsSync(modules)) continue;
    mkdirSync(inFolder(inImage, folder), { recursive: true });
    symlinkSync(modules, join(inFolder(inImage, folder), 'node_modules'));
  }
}
