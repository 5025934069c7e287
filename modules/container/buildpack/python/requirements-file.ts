import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { foundValue } from '../../../problems/found';
import type { Finding } from '../../../problems/problem';
import { quoted } from '../../builder/build-specification';
import { pathBelow } from '../included-files';
import { type Installation, type Manifest, PIP_INSTALL, UV } from './installation';
import { requirement } from './requirement';

/** The content of a requirements file and of the files that it includes. */
interface Contents {
  readonly manifests: Manifest[];
  readonly names: string[];
  /** The requirements without a marker. */
  readonly certain: Set<string>;
  /** Absolute paths of local folders and files. */
  readonly local: string[];
  readonly problems: Finding[];
}

/**
 * The packages of a requirements file.
 *
 * @param folder pip's working folder, which paths of local packages are relative to
 * @see https://pip.pypa.io/en/stable/reference/requirements-file-format/
 */
export function requirementsFile(path: string, folder: string, byUv: boolean): Installation {
  const contents: Contents = { manifests: [], names: [], certain: new Set(), local: [], problems: [] };
  read(path, folder, contents);
  const name = quoted(pathBelow(folder, path) ?? path);
  const install = byUv ? `uv pip install --no-cache --python /venv/bin/python -r ${name}` : `${PIP_INSTALL} -r ${name}`;
  return {
    folder,
    manifests: contents.manifests,
    ...(byUv && { tool: UV }),
    commands: [install],
    // The included lines were added before. Only the excluded ones are removed.
    fromSources: contents.local.length > 0 ? [install] : [],
    beside: contents.local,
    archives: new Map([...contents.certain].map((name) => [name, []])),
    kept: contents.local.length > 0 ? contents.manifests.map((one) => one.path) : [],
    distributions: { installed: new Set(contents.names), withheld: new Map(), opaque: contents.local.length > 0 },
    problems: contents.problems,
  };
}

/** Names of the distributions in a requirements file. */
export function requirementNames(path: string, folder: string): string[] {
  const contents: Contents = { manifests: [], names: [], certain: new Set(), local: [], problems: [] };
  read(path, folder, contents);
  return contents.names;
}

function read(path: string, folder: string, contents: Contents): void {
  if (contents.manifests.some((one) => one.path === path)) return;
  const sent: string[] = [];
  const index = contents.manifests.push({ path, text: '' }) - 1;
  for (const written of logicalLines(requirementsText(path))) {
    const line = written.replace(/\\\n/g, ' ');
    const given = localPath(line);
    const local = given === undefined ? undefined : resolve(folder, given);
    if (given === undefined || local === undefined) sent.push(written);
    else if (isAbsolute(given)) contents.problems.push(absolute(path, line));
    else if (!existsSync(local)) contents.problems.push(missing(path, line));
    else if (/^\s*(-f|--find-links)/.test(line)) {
      sent.push(written);
      for (const file of readdirSync(local)) contents.manifests.push({ path: join(local, file) });
    } else contents.local.push(local);
    const other = /^\s*(?:-r|-c|--requirement|--constraint)[\s=]*(\S+)/.exec(line)?.[1];
    if (other !== undefined && !/^[a-z]+:\/\//i.test(other)) {
      const named = resolve(dirname(path), other);
      if (!statSync(named, { throwIfNoEntry: false })?.isFile()) contents.problems.push(missing(path, line));
      else if (/^\s*(-c|--constraint)/.test(line)) readConstraints(named, contents);
      else read(named, folder, contents);
    }
    const one = requirement(line.replace(/\s+--(?:hash|config-settings).*/, ''));
    if (one === undefined) continue;
    contents.names.push(one.name);
    if (one.marker === undefined && one.url === undefined) contents.certain.add(one.name);
  }
  contents.manifests[index] = { path, text: sent.map((line) => `${line}\n`).join('') };
}

/** A constraints file installs nothing, but it can include other files. */
function readConstraints(path: string, contents: Contents): void {
  if (contents.manifests.some((one) => one.path === path)) return;
  contents.manifests.push({ path });
  for (const line of logicalLines(requirementsText(path))) {
    const other = /^\s*(?:-r|-c|--requirement|--constraint)[\s=]*(\S+)/.exec(line)?.[1];
    if (other === undefined || /^[a-z]+:\/\//i.test(other)) continue;
    const named = resolve(dirname(path), other);
    if (existsSync(named)) readConstraints(named, contents);
    else contents.problems.push(missing(path, line));
  }
}

function absolute(path: string, line: string): Finding {
  return {
    found: foundValue(line.trim(), ` in ${basename(path)}: a path of this machine alone`),
    accepted: 'paths relative to the project',
    // `pip freeze` writes packages from Conda like this.
    fix: NAMED.test(line)
      ? `write the version in the place of the path, as pip list --format=freeze does`
      : `write a relative path in ${basename(path)}`,
  };
}

function missing(path: string, line: string): Finding {
  return {
    found: foundValue(line.trim(), ` in ${basename(path)}: no such file or folder`),
    accepted: 'paths of existing files and folders',
    fix: `correct the line in ${basename(path)}`,
  };
}

/** Decodes a requirements file like pip does. PowerShell writes UTF-16. */
export function requirementsText(path: string): string {
  const content = readFileSync(path);
  const mark = content.subarray(0, 2).toString('hex');
  return mark === 'fffe' || mark === 'feff'
    ? new TextDecoder(mark === 'fffe' ? 'utf-16le' : 'utf-16be').decode(content)
    : content.toString('utf8');
}

/** The lines without comments and empty ones. Joins lines that end with a backslash. */
function logicalLines(text: string): string[] {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split(/(?<!\\)\n/)
    .map((line) => line.replace(/(^|\s)#.*/g, '').trimEnd())
    .filter((line) => line.trim() !== '');
}

/** Lines that install local packages: an option, `name @ file:...`, or a path. */
const OPTION = /^\s*(?:-e|--editable|-f|--find-links)[\s=]*(\S.*)$/;
const NAMED = /^\s*[A-Za-z0-9][\w.-]*\s*(?:\[[^\]]*\])?\s*@\s*(file:\S+)/;
const BARE = /^\s*(\.{1,2}|(?:\.{1,2}\/|\/|file:|[\w.-]+\/)\S*|\S+\.(?:whl|tar\.gz|zip))\s*(?:\[[^\]]*\])?\s*$/;

/** The local path in a line, as written. Undefined if the line has none. */
function localPath(line: string): string | undefined {
  const plain = line.replace(/\s+;.*/, '');
  const given = OPTION.exec(plain)?.[1] ?? NAMED.exec(plain)?.[1] ?? BARE.exec(plain)?.[1];
  if (given === undefined || /^(?!file:)[a-z+]+:\/\//i.test(given) || /^git[@+]/.test(given)) return undefined;
  return given
    .trim()
    .replace(/\[[^\]]*\]$/, '')
    .replace(/^file:(\/\/(localhost)?)?/, '')
    .replace(/#.*/, '');
}
