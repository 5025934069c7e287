import { foundValue } from '../../../problems/found';
import { defaultVersion, offeredVersions } from '../../../rules/base-images';
import type { PackagingProblem } from '../../build-context';
import { languageProblem } from '../language';
import type { JavaRequirement, StatedVersion } from './levels';

/** The versions of Java that a build tool runs on. */
export interface BuildTool {
  /** Such as `Gradle 8.5`. */
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** The release that supports a later version, for the report. */
  readonly laterFor: (version: number) => string;
}

/** The Java versions of an image. */
export interface JavaVersions {
  /** Version that runs the job. */
  readonly run: number;
  /** Version that runs the build. */
  readonly build: number;
  /** Version that compiles, if it differs from the one that runs the build. */
  readonly toolchain?: number;
}

/** Java 19 had its last update in 2023, and 21 can run code for it. */
const INSTEAD: { readonly [version: number]: number } = { 19: 21 };

/** The oldest target version of each compiler. */
const COMPILES_FOR: { readonly [version: number]: number } = { 11: 6, 17: 7, 21: 8, 25: 8 };

type Chosen = JavaVersions | { readonly problems: readonly PackagingProblem[] };

/**
 * The Java versions for a project: the config's, else those in the project's files, else the default. Class files run on their target version and
 * all later ones. A build runs on the versions that its tool supports.
 */
export function javaVersions(
  configured: number | string | undefined,
  wish: JavaRequirement,
  tool: BuildTool | undefined,
): Chosen {
  const offered = offeredVersions('Java').map(Number);
  const set = configured === undefined ? undefined : (INSTEAD[Number(configured)] ?? Number(configured));
  const { level, toolchain, pinned, untold } = wish;
  const accepted = `Java ${offered.join(', ')}`;
  const told = level ?? toolchain;
  if (set === undefined && told === undefined && untold !== undefined) {
    const fix = 'set languageSpecificConfig.javaVersion';
    return refused(undefined, `${untold}, whose value only the build knows`, 'a version that is written out', fix);
  }
  if (set !== undefined && told !== undefined && set < told.value) {
    const fix = `set it to ${offered.find((one) => one >= told.value) ?? told.value}, or remove it`;
    return refused('javaVersion', foundValue(configured, `, and ${text(told)}`), `Java ${told.value} or later`, fix);
  }
  const unavailable = toolchain !== undefined && !offered.includes(toolchain.value) ? toolchain : undefined;
  const wanted = Math.max(told?.value ?? 0, pinned?.value ?? 0);
  const least =
    told === undefined && pinned === undefined ? Math.max(Number(defaultVersion('Java')), tool?.least ?? 0) : wanted;
  const run = set ?? offered.find((one) => one >= least);
  if (run === undefined || unavailable !== undefined) {
    const said = unavailable ?? (pinned !== undefined && pinned.value === wanted ? pinned : told);
    const fix = 'build for one of these, or write a Dockerfile and use custom-dockerfile';
    return refused(undefined, said === undefined ? `Java ${least}` : text(said), accepted, fix);
  }
  const compiler = toolchain?.value ?? run;
  if (level !== undefined && level.value < (COMPILES_FOR[compiler] ?? 0)) {
    const fix = `set languageSpecificConfig.javaVersion to ${offered.filter((one) => level.value >= (COMPILES_FOR[one] ?? 0)).at(-1)}, or raise the level`;
    return refused(
      set === undefined ? undefined : 'javaVersion',
      `Java ${compiler}, and ${text(level)}`,
      'a level that it compiles for',
      fix,
    );
  }
  return tool === undefined
    ? { run, build: compiler }
    : builtBy(tool, { set, run, compiler, told, toolchain }, offered);
}

interface Wanted {
  readonly set: number | undefined;
  readonly run: number;
  readonly compiler: number;
  readonly told: StatedVersion | undefined;
  readonly toolchain: StatedVersion | undefined;
}

/** The version that runs the build, from those that its tool supports. */
function builtBy(tool: BuildTool, { set, run, compiler, told, toolchain }: Wanted, offered: readonly number[]): Chosen {
  if (compiler >= tool.least && compiler <= tool.most) return { run, build: compiler };
  const range = offered.filter((one) => one >= tool.least && one <= tool.most);
  const build = compiler < tool.least ? range[0] : range.at(-1);
  if (compiler < tool.least && build !== undefined) {
    if (toolchain !== undefined) return { run, build, toolchain: compiler };
    // The target is the project's level, or else the compiler's version.
    if (told !== undefined) return { run, build };
    if (set !== undefined) {
      const fix = `set it to ${build}, remove it, or write sourceCompatibility or a toolchain into the build file`;
      return refused(
        'javaVersion',
        `${set}, and ${tool.name} runs on Java ${tool.least} and later`,
        `Java ${tool.least} or later`,
        fix,
      );
    }
  }
  if (build !== undefined && compiler > tool.most && (told === undefined || told.value <= build)) return { run, build };
  const found = `${tool.name}, which runs on Java ${tool.least} to ${tool.most}, and ${told === undefined ? `Java ${compiler}` : text(told)}`;
  return refused(
    undefined,
    found,
    `a release that runs on Java ${compiler}`,
    `change to ${tool.laterFor(compiler)} or later`,
  );
}

function text({ value, where }: StatedVersion): string {
  return `${where} says ${value}`;
}

function refused(setting: string | undefined, found: PackagingProblem['found'], accepted: string, fix: string): Chosen {
  const finding = { found, accepted, fix };
  return {
    problems: [setting === undefined ? { property: ['entryfilePath'], ...finding } : languageProblem(setting, finding)],
  };
}
