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

/** Programs of images, and their equivalents on this machine. */
const PROGRAMS: { readonly [program: string]: string } = {
  node: process.execPath,
  python: 'python3',
  python3: 'python3',
};

/** Folder in the image for the files of the build context. */
const IMAGE_FOLDERS: readonly (readonly [inImage: string, inContext: string])[] = [
  ['/opt/stp', ''],
  ['/app', 'app'],
];

/** Variables that images set. The folder's values replace them. */
const OWN_VARIABLES = ['PATH', 'HOME'];

/** What an image runs: its command, and the variables that it sets. */
interface ImageCommand {
  readonly words: readonly string[];
  /** Working folder. */
  readonly folder: string;
  readonly environment: readonly (readonly [name: string, value: string])[];
}

/** The program that an image's command needs and that is not installed on this machine. Undefined if it is installed. */
export function missingProgram(context: BuildContext): string | undefined {
  const [word = ''] = imageCommand(context)?.words ?? [];
  const program = programOf(word);
  return spawnSync(program, ['--version'], { env: process.env, stdio: 'ignore' }).status === 0 ? undefined : program;
}

/** The program on this machine that replaces a program of an image. */
function programOf(word: string): string {
  return (Object.hasOwn(PROGRAMS, word) ? PROGRAMS[word] : undefined) ?? word;
}

/** Whether an image can run without a container engine: its program needs only the build context and an installed runtime. */
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
  // In the same folder, so that it is removed together with the files that a job leaves.
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

/**
 * Uses the packages on this machine for those in the image: links each `node_modules` from the entry file's folder up to the folder that is
 * `/app` in the image.
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

/** Reads a generated Dockerfile. A custom Dockerfile requires a container engine. */
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
