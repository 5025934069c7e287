import type { Distribution } from '../../../rules/base-images';
import type { Architecture } from '../../build-context';

/** The content of a Gemfile.lock. */
export interface Lockfile {
  readonly platforms: readonly string[];
  /** Platforms of each gem, by `name version`. */
  readonly gems: ReadonlyMap<string, readonly string[]>;
  /** Folders of path gems, as written in the file. */
  readonly paths: readonly string[];
  /** Names of the gems that the Gemfile requires. */
  readonly dependencies: readonly string[];
  /** Version of Ruby that created it. @default not in the file */
  readonly ruby?: string;
}

/** Reads a Bundler lockfile: sections without indentation, and entries that are indented by depth. */
export function parseLockfile(text: string): Lockfile {
  const gems = new Map<string, string[]>();
  const platforms: string[] = [];
  const paths: string[] = [];
  const dependencies: string[] = [];
  let ruby: string | undefined;
  let section = '';
  for (const line of text.split(/\r?\n/)) {
    if (/^\S/.test(line)) section = line.trim();
    const entry = line.trim();
    if (entry === '' || entry === section) continue;
    if (section === 'PLATFORMS') platforms.push(entry);
    if (section === 'DEPENDENCIES') dependencies.push(entry.replace(/[!\s].*$/, ''));
    if (section === 'RUBY VERSION') ruby = /(\d+\.\d+\.\d+)/.exec(entry)?.[1];
    const [, remote] = /^ {2}remote: (.+)$/.exec(line) ?? [];
    if (section === 'PATH' && remote !== undefined) paths.push(remote);
    const [, name, version, platform = 'ruby'] = /^ {4}(\S+) \(([^-)]+)(?:-([^)]+))?\)$/.exec(line) ?? [];
    if (section === 'GEM' && name !== undefined) {
      const key = `${name} ${version}`;
      gems.set(key, [...(gems.get(key) ?? []), platform]);
    }
  }
  return { platforms, gems, paths, dependencies, ruby };
}

/** RubyGems' name for the platform of an image. */
export function gemPlatform(architecture: Architecture, distribution: Distribution): string {
  return `${architecture === 'arm64' ? 'aarch64' : 'x86_64'}-linux${distribution === 'alpine' ? '-musl' : ''}`;
}

/**
 * Whether a gem or lockfile for one platform works on the platform of an image. A Linux platform without a C library name works on both.
 *
 * @see https://github.com/ruby/rubygems/blob/master/lib/rubygems/platform.rb
 */
export function runsOn(platform: string, image: string): boolean {
  if (platform === 'ruby') return true;
  const [processor, system, library] = platform.split('-');
  const [ownProcessor, , ownLibrary = 'gnu'] = image.split('-');
  return processor === ownProcessor && system === 'linux' && (library === undefined || library === ownLibrary);
}
