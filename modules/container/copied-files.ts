import { posix } from 'node:path';
import type { BuildContext } from './build-context';
import { buildVariables, type DockerfileVariables, declare, expanded, instructions } from './dockerfile-text';
import { chunks } from './tar';

/** A stage of a Dockerfile while its instructions are read. */
interface Stage {
  /** In lowercase, as Docker compares it. */
  readonly name?: string;
  /** Undefined until a WORKDIR says it: that of the base image is unknown. */
  folder?: string;
  readonly paths: Set<string>;
}

/**
 * Absolute paths in an image of what its build copies there: of each file of the build context, and of the folders that are copied from
 * other images. Without what commands create, and what is in the base image.
 */
export function copiedFiles({ method, files, architecture }: BuildContext): string[] {
  // https://buildpacks.io/docs/for-platform-operators/concepts/build/
  if (method.tool === 'pack') return files.map(({ path }) => `/workspace/${path}`);
  const dockerfile = files.find(({ path }) => path === method.dockerfile);
  if (dockerfile === undefined) return [];
  const text = Buffer.concat([...chunks(dockerfile.content)]).toString();
  const variables = buildVariables(method.buildArgs, architecture);
  const context = files.map(({ path }) => path);
  const stages: Stage[] = [];
  for (const { name, rest } of instructions(text)) {
    const stage = stages.at(-1);
    if (name === 'ARG') declare(rest, variables);
    else if (name === 'FROM') stages.push(newStage(rest, stages, variables));
    else if (stage === undefined) continue;
    else if (name === 'WORKDIR') {
      const folder = expanded(rest, variables.values);
      stage.folder = folder === undefined ? undefined : at(stage.folder, folder);
    } else if (name === 'COPY' || name === 'ADD') {
      for (const path of copied(rest, stage, { stages, variables, context })) stage.paths.add(path);
    }
  }
  const stage = method.target === undefined ? stages.at(-1) : stageNamed(method.target, stages);
  return [...(stage?.paths ?? [])];
}

function newStage(rest: string, stages: readonly Stage[], { values }: DockerfileVariables): Stage {
  const [, image = '', alias] = /^(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(rest) ?? [];
  const base = stageNamed(expanded(image, values) ?? '', stages);
  const folder = image === 'scratch' ? '/' : base?.folder;
  return { name: alias?.toLowerCase(), folder, paths: new Set(base?.paths) };
}

function stageNamed(name: string, stages: readonly Stage[]): Stage | undefined {
  return (
    stages.find((stage) => stage.name === name.toLowerCase()) ?? (/^\d+$/.test(name) ? stages[Number(name)] : undefined)
  );
}

/** A path as a folder sees it. Undefined if the folder is unknown and the path is relative. */
function at(folder: string | undefined, path: string): string | undefined {
  if (folder === undefined && !path.startsWith('/')) return undefined;
  return posix.resolve(folder ?? '/', path);
}

interface Sources {
  readonly stages: readonly Stage[];
  readonly variables: DockerfileVariables;
  /** Paths of the build context. */
  readonly context: readonly string[];
}

/** What a COPY or an ADD places. */
function copied(rest: string, stage: Stage, { stages, variables, context }: Sources): string[] {
  const [, flags = '', operands = ''] = /^((?:--\S+\s+)*)(.*)$/s.exec(rest) ?? [];
  const words = wordsOf(operands).map((word) => expanded(word, variables.values));
  const last = words.at(-1);
  const target = last === undefined ? undefined : at(stage.folder, last);
  if (last === undefined || target === undefined) return [];
  const sources = words.slice(0, -1);
  const intoFolder = /(^|\/)\.?$/.test(last) || sources.length > 1;
  const [, from] = /--from=(\S+)/.exec(flags) ?? [];
  const earlier = from === undefined ? undefined : stageNamed(expanded(from, variables.values) ?? '', stages);
  return sources.flatMap((source) => {
    if (source === undefined || source.includes('://') || source.startsWith('<<')) return [];
    const name = posix.basename(source);
    // A name with wildcards stands for those of the files.
    if (/[*?[]/.test(source)) return [posix.join(target, name)];
    const known = from === undefined ? context.map((path) => `/${path}`) : [...(earlier?.paths ?? [])];
    const whole = posix.resolve('/', source);
    const inside = whole === '/' ? known : known.filter((path) => path.startsWith(`${whole}/`));
    if (inside.length > 0) return inside.map((path) => posix.join(target, posix.relative(whole, path)));
    if (from === undefined && !known.includes(whole)) return [];
    const isFile = known.includes(whole);
    return [isFile && intoFolder ? posix.join(target, name) : target];
  });
}

/** The words of an instruction, in exec form or separated by spaces. */
function wordsOf(text: string): string[] {
  if (text.trimStart().startsWith('[')) {
    try {
      const list: unknown = JSON.parse(text);
      if (Array.isArray(list)) return list.map(String);
    } catch {
      // Docker reads it as words separated by spaces, too.
    }
  }
  return text.split(/\s+/).filter((word) => word !== '');
}
