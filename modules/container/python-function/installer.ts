import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Finding } from '../../problems/problem';
import { baseRelease } from '../../rules/base-images';
import type { Architecture } from '../build-context';
import { compareVersions } from '../buildpack/python/version';

/** What Lambda runs the code on. */
export interface Platform {
  /** Such as `3.12`. */
  readonly version: string;
  readonly architecture: Architecture;
}

/** A program that installs packages for another platform. */
interface Installer {
  readonly command: string;
  readonly words: readonly string[];
  /** Its arguments for a platform. */
  readonly options: (platform: Platform, target: string) => string[];
}

/** Names of the architectures in wheels. */
const MACHINES: { readonly [Name in Architecture]: string } = { arm64: 'aarch64', x86_64: 'x86_64' };

/** From Python 3.12, Lambda's runtimes are on Amazon Linux 2023, before on Amazon Linux 2: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */
function glibcOf({ version }: Platform): number {
  return compareVersions(version, '3.12') >= 0 ? 34 : 26;
}

/** The names of the platforms that pip takes wheels of: it infers no older ones. */
function wheelPlatforms(platform: Platform): string[] {
  const machine = MACHINES[platform.architecture];
  const newest = glibcOf(platform);
  const glibc = Array.from({ length: newest - OLDEST_GLIBC + 1 }, (_, index) => `manylinux_2_${newest - index}`);
  return [...glibc, 'manylinux2014'].map((name) => `${name}_${machine}`);
}

const OLDEST_GLIBC = 17;

const UV: Installer = {
  command: 'uv',
  words: [],
  options: (platform, target) => [
    'pip',
    'install',
    '--target',
    target,
    '--python-platform',
    `${MACHINES[platform.architecture]}-${glibcOf(platform) === 34 ? 'manylinux_2_34' : 'manylinux2014'}`,
    '--python-version',
    platform.version,
    '--only-binary',
    ':all:',
    '--link-mode',
    'copy',
    '--no-config',
  ],
};

/** What conditions in requirements are about: https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers */
function markerEnvironment({ version, architecture }: Platform): { readonly [marker: string]: string } {
  return {
    implementation_name: 'cpython',
    implementation_version: baseRelease('Python', version),
    os_name: 'posix',
    platform_machine: MACHINES[architecture],
    platform_python_implementation: 'CPython',
    platform_system: 'Linux',
    python_full_version: baseRelease('Python', version),
    python_version: version,
    sys_platform: 'linux',
  };
}

function pip(command: string): Installer {
  return {
    command,
    words: ['-m', 'pip'],
    options: (platform, target) => [
      join(__dirname, 'lambda_pip.py'),
      JSON.stringify(markerEnvironment(platform)),
      'install',
      '--target',
      target,
      ...wheelPlatforms(platform).flatMap((name) => ['--platform', name]),
      '--implementation',
      'cp',
      '--python-version',
      platform.version,
      '--only-binary=:all:',
      '--no-compile',
      '--disable-pip-version-check',
      '--no-input',
    ],
  };
}

/** Whether the program runs here. */
function works({ command, words }: Installer): boolean {
  return spawnSync(command, [...words, '--version'], { stdio: 'ignore', env: process.env }).status === 0;
}

/** Lines of an installer's output in a report. */
const SHOWN_LINES = 6;

/**
 * Installs packages for Lambda in a folder.
 *
 * @param file the requirements file
 * @param folder the installer's working folder
 * @param whole whether to leave out what the packages depend on: the file lists it
 */
export function install(
  file: string,
  folder: string,
  whole: boolean,
  platform: Platform,
  target: string,
): { readonly problem: Finding } | undefined {
  const installers = [UV, pip('python3'), pip('python')];
  const installer = installers.find(works);
  if (installer === undefined) return { problem: NO_INSTALLER };
  const words = [...installer.options(platform, target), ...(whole ? ['--no-deps'] : []), '-r', file];
  const { status, stdout, stderr, error } = spawnSync(installer.command, words, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 ** 2,
    env: { ...process.env, NO_COLOR: '1' },
  });
  if (status === 0) return undefined;
  const said = error === undefined ? lastLines(stderr || stdout) : [error.message];
  const name = installer.command === 'uv' ? 'uv' : 'pip';
  return { problem: failure(name, said, platform) };
}

const NO_INSTALLER: Finding = {
  found: 'packages to install, and neither uv nor Python 3 with pip on this machine',
  accepted: 'a machine with one of them: it installs the packages for Lambda',
  fix: 'install uv or Python 3 with pip. Or build the code before synthesis, and use custom-artifact',
};

function failure(name: string, said: readonly string[], { version, architecture }: Platform): Finding {
  return {
    found: [`packages that ${name} cannot install for Python ${version} on ${architecture}:`, ...said].join('\n'),
    accepted: 'packages with a wheel for it: nothing is built from sources',
    fix:
      'correct the name or the version, or try another pythonVersion or architecture. ' +
      'Else build the code before synthesis, and use custom-artifact',
  };
}

function lastLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== '' && !/^\[notice\]/.test(line.trim()))
    .slice(-SHOWN_LINES)
    .map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}...` : line));
}

const LONGEST_LINE = 300;
