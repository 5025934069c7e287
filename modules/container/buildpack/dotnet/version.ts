import { formatFound } from '../../../problems/found';
import { baseRelease, offeredVersions } from '../../../rules/base-images';
import type { PackagingProblem } from '../../build-context';
import { chooseVersion } from '../chosen-version';
import { type BuildpackSource, languageProblem } from '../language';
import { accepts, readGlobalJson, shown } from './global-json';
import type { DotnetProject } from './msbuild';

/** The target framework of a job, and the images that build and run it. */
export interface DotnetVersions {
  /** Version of the job's image. */
  readonly runtime: string;
  /** Version of the build image: the same, or a newer one that global.json requires. */
  readonly sdk: string;
  /** Framework to build, if the project has several. @default the project's only one */
  readonly framework?: string;
  /** Whether the job runs on a newer runtime than it is built for. */
  readonly rollsForward: boolean;
}

type Result = DotnetVersions | { readonly problems: readonly PackagingProblem[] };

export function dotnetVersions(source: BuildpackSource, project: DotnetProject): Result {
  const value = source.properties.languageSpecificConfig?.dotnetVersion;
  const several = project.properties.get('targetframeworks');
  const named = (several ?? project.properties.get('targetframework') ?? '').split(';').map((one) => one.trim());
  const frameworks = named.filter((one) => one !== '' && !one.includes('$('));
  const versions = new Map(
    frameworks.flatMap((one) => {
      const [, major] = /^net(\d+)\.0$/.exec(one) ?? [];
      return major === undefined ? [] : [[major, one] as const];
    }),
  );
  const wish = {
    found:
      frameworks.length === 0
        ? 'no TargetFramework in the project file and what it imports'
        : `a project for ${frameworks.map((one) => formatFound(one)).join(', ')}`,
    accepts: (version: string) => versions.has(version),
  };
  const chosen = chooseVersion('.NET', source.distribution, { name: 'dotnetVersion', value }, [wish]);
  if ('finding' in chosen) {
    const { finding, ofSetting } = chosen;
    const problem = ofSetting ? languageProblem('dotnetVersion', finding) : { property: ['entryfilePath'], ...finding };
    const fix = 'set TargetFramework to one of them, such as net8.0, or write a Dockerfile and use custom-dockerfile';
    return { problems: [ofSetting || frameworks.length === 0 ? problem : { ...problem, fix }] };
  }
  // A newer runtime can run programs for an older framework, but not the reverse.
  const built = [...versions.keys()].map(Number).filter((major) => major <= Number(chosen.version));
  const framework = built.length === 0 ? undefined : versions.get(String(Math.max(...built)));
  if (frameworks.length > 0 && framework === undefined) {
    const accepted = 'a version that is not older than the TargetFramework';
    const finding = { found: `${chosen.version}, of ${wish.found}`, accepted, fix: 'change one of the two' };
    return { problems: [languageProblem('dotnetVersion', finding)] };
  }
  const sdk = sdkFor(project, chosen.version);
  if (typeof sdk !== 'string') return { problems: [sdk] };
  return {
    runtime: chosen.version,
    sdk,
    framework: several === undefined ? undefined : framework,
    rollsForward: framework !== undefined && framework !== `net${chosen.version}.0`,
  };
}

/** The image with an SDK that satisfies global.json and can build for the runtime. */
function sdkFor({ references }: DotnetProject, runtime: string): string | PackagingProblem {
  // The nearest file takes precedence.
  const path = references.find((one) => /[\\/]global\.json$/i.test(one.path))?.path;
  const wanted = path === undefined ? undefined : readGlobalJson(path);
  const able = offeredVersions('.NET').filter((version) => Number(version) >= Number(runtime));
  if (wanted === undefined) return runtime;
  const fitting = able.find((version) => accepts(wanted, baseRelease('.NET', version)));
  if (fitting !== undefined) return fitting;
  return {
    property: ['entryfilePath'],
    found: shown(wanted),
    accepted: `an SDK of the images: ${able.map((version) => baseRelease('.NET', version)).join(', ')}`,
    fix: 'set "rollForward": "latestFeature" in its "sdk", or "latestMajor" for a newer major version',
  };
}
