import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BuildContext } from '../../modules/container/build-context';
import { bytes } from '../../modules/container/tar';
import { atExit } from './at-exit';
import { follow, killGroup, signalProcess } from './child-container';
import type { ContainerSource, ContainerStart, RunningContainer } from './container';
import { descendants } from './descendants';
import { temporaryFolder } from './temporary-folder';

/** Programs of images, and what stands for them here. */
const PROGRAMS: { readonly [program: string]: string } = {
  node: process.execPath,
  python: 'python3',
  python3: 'python3',
};

/** Where the files of an image's context lie in the image. */
const IMAGE_FOLDERS: readonly (readonly [inImage: string, inContext: string])[] = [
  ['/opt/stp', ''],
  ['/app', 'app'],
];

/** What images set for themselves, and the folder's own values take the place of. */
const OWN_VARIABLES = ['PATH', 'HOME'];

/** What an image runs: the words of its command, and the variables that it sets. */
interface ImageCommand {
  readonly words: readonly string[];
  /** Folder that it starts in. */
  readonly folder: string;
  readonly environment: readonly (readonly [name: string, value: string])[];
}

/** The program that an image's command needs and this machine does not have; undefined if it is here. */
export function missingProgram(context: BuildContext): string | undefined {
  const [word = ''] = imageCommand(context)?.words ?? [];
  const program = programOf(word);
  return spawnSync(program, ['--version'], { env: process.env, stdio: 'ignore' }).status === 0 ? undefined : program;
}

/** The program of this machine that stands for one of an image. */
function programOf(word: string): string {
  return (Object.hasOwn(PROGRAMS, word) ? PROGRAMS[word] : undefined) ?? word;
}

/** Whether an image can be had without an engine: its context is all that its program needs, beside a program that is here. */
export function runsWithoutEngine(context: BuildContext): boolean {
  const [program = ''] = imageCommand(context)?.words ?? [];
  return Object.hasOwn(PROGRAMS, program);
}

/** Processes instead of containers: the same files and command in a separate folder, with only the container's variables. */
export function plainProcesses(context: BuildContext, entry: string): ContainerSource {
  const command = imageCommand(context);
  if (command === undefined) throw new Error('the context has no Dockerfile with a CMD');
  return { description: 'plain process', start: async (options) => start(context, entry, command, options) };
}

function start(context: BuildContext, entry: string, command: ImageCommand, options: ContainerStart): RunningContainer {
  const folder = temporaryFolder(
    context.files.filter(({ path }) => path !== 'Dockerfile' && !path.startsWith('packages/')),
  );
  // In the folder too, so that it goes with what a job leaves behind.
  for (const name of [inFolder(command.folder, ''), 'home', 'tmp'])
    mkdirSync(join(folder.path, name), { recursive: true });
  linkPackages(context, command, entry, folder.path);
  const temporary = join(folder.path, 'tmp');
  const [program = '', ...args] = command.words.map((word) => inFolder(word, folder.path));
  const child = spawn(programOf(program), args, {
    cwd: inFolder(command.folder, folder.path),
    env: {
      PATH: process.env.PATH,
      HOME: join(folder.path, 'home'),
      TMPDIR: temporary,
      ...Object.fromEntries(command.environment.map(([name, value]) => [name, inFolder(value, folder.path)])),
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
    // Only the first process gets it, as in a container; SIGKILL ends the container.
    signal: (name) => (name === 'SIGKILL' ? killAll() : signalProcess(child.pid, name)),
  };
}

/** A path in the image as the same in the folder; any other word as it is. */
function inFolder(word: string, folder: string): string {
  for (const [inImage, inContext] of IMAGE_FOLDERS) {
    if (word === inImage || word.startsWith(`${inImage}/`)) return join(folder, inContext, word.slice(inImage.length));
  }
  return word;
}

/**
 * Packages that are installed in the image are those that are installed here: each `node_modules` at or above the entry file, up to what is
 * `/app` in the image, at its place.
 */
function linkPackages({ files }: BuildContext, command: ImageCommand, entry: string, folder: string): void {
  if (!files.some(({ path }) => path.startsWith('packages/'))) return;
  const code = command.words.filter((word) => word.startsWith('/app/')).at(-1) ?? '';
  for (let [inImage, here] = [dirname(code), dirname(entry)]; inImage.startsWith('/app'); ) {
    const modules = join(here, 'node_modules');
    if (existsSync(modules)) {
      mkdirSync(inFolder(inImage, folder), { recursive: true });
      symlinkSync(modules, join(inFolder(inImage, folder), 'node_modules'));
    }
    [inImage, here] = [dirname(inImage), dirname(here)];
  }
}

/** What this project's own Dockerfiles say; those of others are for an engine. */
function imageCommand({ files }: BuildContext): ImageCommand | undefined {
  const file = files.find(({ path }) => path === 'Dockerfile');
  const text = file === undefined ? '' : bytes(file.content).toString('utf8');
  const stage = text.slice(text.lastIndexOf('\nFROM ') + 1);
  const [, list] = /^CMD (\[.*\])$/m.exec(stage) ?? [];
  if (list === undefined) return undefined;
  const environment = [...stage.matchAll(/^ENV (.*)$/gm)]
    .flatMap(([, pairs = '']) => [...pairs.matchAll(/(\w+)=(\S*)/g)])
    .map(([, name = '', value = '']) => [name, value] as const)
    .filter(([name]) => !OWN_VARIABLES.includes(name));
  const [, folder = '/app'] = [...stage.matchAll(/^WORKDIR (.*)$/gm)].at(-1) ?? [];
  return { words: JSON.parse(list), folder, environment };
}
