import { accessSync, constants, lstatSync, readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DEFAULT_CONFIG_FILES } from '../../modules/config/default-config-file';
import { errorMessage } from '../../modules/problems/error-message';
import { type PackageFile, packageFile } from './package-file';
import { refusal } from './refusal';

/** The app of a CDKTF project. */
export interface CdktfApp {
  /** The file of the app, if `cdktf.json` names an existing one. */
  readonly mainFile?: string;
  /** Whether that file already uses this package. */
  readonly usesPackage: boolean;
}

/** The test runner of a project. */
export type TestRunner = 'node' | 'jest' | 'vitest';

/** The contents of a project's folder before anything is added. */
export interface ProjectFolder {
  /** Absolute path. */
  readonly path: string;
  /** Text of package.json. */
  readonly packageText?: string;
  readonly packageFile: PackageFile;
  /** The app that `cdktf.json` names. */
  readonly app?: CdktfApp;
  /** The config file. */
  readonly config?: string;
  readonly testRunner: TestRunner;
}

const NO_PACKAGE: PackageFile = { members: [], scripts: {}, packages: {}, hasJest: false };

/**
 * Reads the folder that is to contain a project.
 *
 * @throws UsageError if the project can't be added to what the folder contains
 */
export function projectFolder(path: string): ProjectFolder {
  checkFolder(path);
  const packageText = textOf(path, 'package.json');
  const found = packageText === undefined ? NO_PACKAGE : packageFile(packageText);
  if (found.name === 'cdktf-batch-jobs') {
    throw refusal(
      'This folder is cdktf-batch-jobs itself: its batch-jobs.config.ts is the example. Name another folder, such as ../reports.',
    );
  }
  return {
    path,
    packageText,
    packageFile: found,
    app: cdktfApp(path),
    config: DEFAULT_CONFIG_FILES.find((file) => isThere(path, file)),
    testRunner: testRunnerOf(path, found),
  };
}

/** Whether a path exists in a project. Includes broken links, and names in another letter case, which are the same file on some systems. */
export function isThere(folder: string, path: string): boolean {
  return namesIn(dirname(join(folder, path))).some(
    (name) => name.toLowerCase() === path.split('/').at(-1)?.toLowerCase(),
  );
}

/** The text of a file of a project. Undefined if it doesn't exist. */
export function textOf(folder: string, path: string): string | undefined {
  const file = join(folder, path);
  const stats = statsOf(file);
  if (stats === undefined) return undefined;
  if (!stats.isFile()) throw refusal(`${file} is not a file. Choose another folder.`);
  return readFileSync(file, 'utf8');
}

/** The file or folder at a path. Links are followed. */
export function statsOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

function namesIn(folder: string): string[] {
  return statsOf(folder)?.isDirectory() ? readdirSync(folder) : [];
}

/** Checks that the folder, or the nearest existing one above it, can be written to. */
export function checkFolder(path: string): void {
  let place = path;
  while (!exists(place)) place = dirname(place);
  const stats = statsOf(place);
  if (!stats?.isDirectory()) {
    const what = stats === undefined ? 'a symbolic link that leads nowhere' : 'a file, not a folder';
    throw refusal(`${place} is ${what}. Choose another folder.`);
  }
  checkWritable(place);
}

/** @throws UsageError if a file or folder cannot be written to */
export function checkWritable(path: string): void {
  try {
    accessSync(path, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'EROFS' ? 'it is on a read-only file system' : 'you have no permission to';
    throw refusal(`${path} cannot be written to: ${why}. Choose another folder.`);
  }
}

/** A path below a file doesn't exist either. The check of the folders above reports such a file. */
function exists(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENAMETOOLONG') return false;
    throw refusal('The name of the folder is too long for this file system. Choose another folder.');
  }
}

function cdktfApp(folder: string): CdktfApp | undefined {
  const text = textOf(folder, 'cdktf.json');
  if (text === undefined) return undefined;
  const { app, language } = parsed(text);
  const words = typeof app === 'string' ? app.split(/\s+/) : [];
  if (!['typescript', undefined].includes(language as string | undefined)) {
    throw refusal(
      `cdktf.json belongs to a project in ${language}. The constructs of this package are for TypeScript. Choose another folder, such as jobs.`,
    );
  }
  const mainFile = words.find((word) => /\.[cm]?[jt]s$/.test(word) && statsOf(join(folder, word))?.isFile());
  const source = mainFile === undefined ? '' : readFileSync(join(folder, mainFile), 'utf8');
  return { mainFile, usesPackage: source.includes('cdktf-batch-jobs') };
}

function parsed(text: string): { readonly app?: unknown; readonly language?: unknown } {
  try {
    return Object(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch (error) {
    throw refusal(
      `cdktf.json is not JSON: ${errorMessage(error).replace(/\s+/g, ' ')}. Correct it, or choose another folder.`,
    );
  }
}

function testRunnerOf(folder: string, { packages, hasJest }: PackageFile): TestRunner {
  if (Object.hasOwn(packages, 'vitest')) return 'vitest';
  const isJest =
    hasJest || Object.hasOwn(packages, 'jest') || namesIn(folder).some((name) => /^jest\.config\./.test(name));
  return isJest ? 'jest' : 'node';
}
