import { formatFound, foundValue } from '../problems/found';
import { suggestion } from '../problems/suggestion';
import { type Architecture, type PackagingNote, type PackagingProblem, PLATFORMS } from './build-context';
import { buildVariables, declare, expanded, instructions } from './dockerfile-text';

/** One stage of a Dockerfile. */
export interface Stage {
  /** In lowercase, as Docker compares it. */
  readonly name?: string;
  /** The image or stage in its FROM line. Undefined if it depends on a build argument without a value. */
  readonly from?: string;
  /** The value of `--platform`. */
  readonly platform?: string;
  /** Its last ENTRYPOINT, in exec form or shell form. */
  readonly entrypoint?: 'words' | 'line';
  /** Whether it has a CMD. */
  readonly hasCommand: boolean;
}

/** The properties of a packaging that select the stage and its platform. */
export interface StageChoice {
  readonly architecture: Architecture;
  readonly buildArgs: readonly (readonly [name: string, value: string])[];
  /** @default the last stage */
  readonly target?: string;
  /** @default that of the architecture */
  readonly platform?: string;
  /** Whether the config sets the command. */
  readonly hasCommand: boolean;
}

/**
 * The stages of a Dockerfile, in their order.
 *
 * @see https://docs.docker.com/reference/dockerfile/#from
 */
export function dockerfileStages(dockerfile: string, { buildArgs, architecture }: StageChoice): Stage[] {
  const variables = buildVariables(buildArgs, architecture);
  const stages: Stage[] = [];
  for (const { name, rest } of instructions(dockerfile)) {
    const current = stages.at(-1);
    // A FROM line uses only arguments that are declared before the first stage.
    if (name === 'ARG' && current === undefined) declare(rest, variables);
    else if (name === 'FROM') {
      const [, flags = '', image = '', , alias] = /^((?:--\S+\s+)*)(\S+)(\s+AS\s+(\S+))?/i.exec(rest) ?? [];
      const [, platform] = /--platform=(\S+)/.exec(flags) ?? [];
      stages.push({
        name: alias?.toLowerCase(),
        from: expanded(image, variables.values),
        platform: platform && expanded(platform, variables.values),
        hasCommand: false,
      });
    } else if (current !== undefined && name === 'CMD') stages.splice(-1, 1, { ...current, hasCommand: true });
    else if (current !== undefined && name === 'ENTRYPOINT') {
      stages.splice(-1, 1, { ...current, entrypoint: rest.startsWith('[') ? 'words' : 'line' });
    }
  }
  return stages;
}

/** The reasons why the job's image cannot be built from the stages. */
export function stageProblems(stages: readonly Stage[], choice: StageChoice): PackagingProblem[] {
  const { target, platform, architecture } = choice;
  const wanted = PLATFORMS[architecture];
  const other = architecture === 'arm64' ? 'x86_64' : 'arm64';
  const contradiction = platform !== undefined && platform !== wanted;
  const unknown = target !== undefined && chain(stages, target).length === 0;
  const foreign = chain(stages, target).find((stage) => stage.platform !== undefined);
  const isForeign = foreign?.platform !== undefined && architectureOf(foreign.platform) !== architecture;
  return [
    ...(contradiction
      ? [
          {
            property: ['platform'],
            found: foundValue(platform, `, and ${architecture} as resources.architecture`),
            accepted: `${wanted}, the platform of ${architecture}`,
            fix: `set resources.architecture to ${other}, or remove platform`,
          },
        ]
      : []),
    ...(unknown ? [targetProblem(stages, target)] : []),
    ...(isForeign && !contradiction
      ? [
          {
            property: ['dockerfilePath'],
            found: `FROM --platform=${foreign.platform}, and ${architecture} as resources.architecture`,
            accepted: `${wanted} for the stage of the image`,
            fix: `remove --platform from that line, or set resources.architecture to ${other}`,
          },
        ]
      : []),
  ];
}

function targetProblem(stages: readonly Stage[], target: string): PackagingProblem {
  const names = stages.flatMap(({ name }) => name ?? []);
  const meant = suggestion(target, names);
  const fix =
    names.length === 0
      ? 'add AS and a name to a FROM line, or remove target'
      : 'use one of these stages, or remove target';
  return {
    property: ['target'],
    found: foundValue(target, ', which is not a stage of the Dockerfile'),
    accepted:
      names.length === 0
        ? 'nothing, because no stage of the Dockerfile has a name'
        : `the name of a stage: ${names.join(', ')}`,
    fix: meant === undefined ? fix : `did you mean ${formatFound(meant)}?`,
  };
}

/** Notes about settings that have no effect or an unexpected one. */
export function stageNotes(stages: readonly Stage[], { target, hasCommand }: StageChoice): PackagingNote[] {
  const own = chain(stages, target);
  const entrypoint = own.find((stage) => stage.entrypoint !== undefined)?.entrypoint;
  if (entrypoint === 'line' && hasCommand) {
    const message =
      'the ENTRYPOINT of the Dockerfile is in shell form, so command has no effect. Write the ENTRYPOINT in exec form: ["program", "argument"]';
    return [{ property: ['command'], message }];
  }
  if (own.length === 0 || hasCommand || entrypoint !== undefined || own.some((stage) => stage.hasCommand)) return [];
  const message =
    'neither the Dockerfile nor command sets what the container runs, so it runs the command of the base image. Add CMD to the Dockerfile, or set command';
  return [{ property: ['dockerfilePath'], message }];
}

/** A stage and the stages that it is based on. Default: the last stage. */
function chain(stages: readonly Stage[], target: string | undefined): Stage[] {
  const wanted = target?.toLowerCase();
  const named = stages.findIndex(({ name }) => name === wanted);
  const numbered = wanted !== undefined && /^\d+$/.test(wanted) ? Number(wanted) : -1;
  const index = wanted === undefined ? stages.length - 1 : named === -1 ? numbered : named;
  const stage = stages[index];
  if (stage === undefined) return [];
  const before = stages.slice(0, index);
  const base = stage.from?.toLowerCase();
  return [stage, ...(before.some(({ name }) => name !== undefined && name === base) ? chain(before, base) : [])];
}

function architectureOf(platform: string): Architecture | undefined {
  if (/^(linux\/)?(amd64|x86_64|x86-64)(\/|$)/.test(platform)) return 'x86_64';
  return /^(linux\/)?(arm64|aarch64)(\/|$)/.test(platform) ? 'arm64' : undefined;
}
