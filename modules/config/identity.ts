import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { formatFound, foundValue } from '../problems/found';
import type { Finding, LocatedFinding } from '../problems/problem';
import { directiveText } from './directive';
import type { FileHint } from './file-hint';
import type { MovedPart } from './moved-parts';
import { asObject } from './value-at';

type Environment = Readonly<Record<string, string | undefined>>;

/** Form of a stack's name. It is the start of every physical name, and CloudFormation accepts at most 128 characters. */
export const STACK_NAME_FORM = {
  pattern: /^[a-zA-Z][a-zA-Z0-9-]{0,127}$/,
  accepted: 'up to 128 letters, digits and hyphens, starting with a letter',
  acceptedAs: 'content',
} as const;

/** Form of an AWS region's code. */
export const REGION_FORM = { pattern: /^[a-z]{2,4}(-[a-z]+)+-\d$/, accepted: 'the code of an AWS region' };

/** A config completed with its name and region, and problems with these. */
export interface Identified {
  readonly value: unknown;
  readonly findings: readonly LocatedFinding[];
  /** `serviceName`, if it names the stack. */
  readonly moved: readonly MovedPart[];
}

/**
 * Completes a config with the two values that identify a deployment if it lacks them. `stackName` is the variable STACK_NAME. Without it,
 * it is `serviceName`, as Stacktape calls it, or else the file's name (`reports` for `reports.yml` and `reports.config.ts`; PROJECT_NAME
 * for `stacktape.yml`), with the variable STAGE at its end (`reports-production`). `region` is found as the AWS CLI does. It is written to the output, so that Terraform
 * deploys to the region of its state.
 */
export async function identified(
  config: unknown,
  file: string,
  environment: Environment = process.env,
): Promise<Identified> {
  if (typeof config !== 'object' || config === null || Array.isArray(config))
    return { value: config, findings: [], moved: [] };
  const { serviceName, ...others } = config as { readonly [property: string]: unknown };
  // As a directive or a number, it stays and is refused.
  const isName = others.stackName === undefined && typeof serviceName === 'string' && !serviceName.startsWith('$');
  const given = isName || others.stackName !== undefined ? others : (config as typeof others);
  const service = isName ? serviceName : undefined;
  const name = given.stackName === undefined ? nameFrom(file, service, environment) : undefined;
  const region = given.region === undefined ? await regionFrom(environment) : undefined;
  return {
    value: { ...given, ...(name && { stackName: name.text }), ...(region && { region: region.text }) },
    findings: [
      ...twoNames({ ...others, serviceName }),
      ...malformed('stackName', name, STACK_NAME_FORM),
      ...malformed('region', region, REGION_FORM),
    ],
    moved: isName && !environment.STACK_NAME ? [{ written: ['serviceName'], inConfig: ['stackName'] }] : [],
  };
}

/** Both properties that name the stack: one would be ignored. */
function twoNames({ stackName, serviceName }: { readonly [property: string]: unknown }): LocatedFinding[] {
  if (stackName === undefined || serviceName === undefined) return [];
  const found = foundValue(serviceName, `, and stackName is ${formatFound(stackName)}`);
  const finding = { code: 'conflict', found, accepted: 'one name for the stack' } as const;
  return [{ path: ['serviceName'], finding: { ...finding, fix: 'remove it: stackName names the stack' } }];
}

/**
 * A hint at a name without the stage of this deployment: that of each other stage would change the same stack. Call it after directives are
 * resolved.
 *
 * @param written the config as the file has it
 */
export function stageHints(
  config: unknown,
  written: unknown,
  file: string,
  { STAGE, STACK_NAME }: Environment = process.env,
): FileHint[] {
  const isWritten = asObject(written).stackName !== undefined;
  const name = asObject(config).stackName;
  if (!STAGE || STACK_NAME || !isWritten || typeof name !== 'string') return [];
  if (name.toLowerCase().includes(STAGE.toLowerCase())) return [];
  // A program can check its config before directives are resolved.
  const form = /\.[cm]?[jt]s$/.test(file)
    ? `\`${name}-\${process.env.STAGE}\``
    : directiveText('Format', '{}-{}', name).replace(/\)$/, ', $Stage())');
  const message =
    `all stages are the one stack ${formatFound(name)}, and STAGE=${STAGE} changes what others have deployed. ` +
    `Write ${form}, or leave stackName out: then STAGE follows the name`;
  return [{ property: 'stackName', message }];
}

/** Refuses two different names for the stack, since one would be ignored. Call it after directives are resolved. */
export function contradictedName(config: unknown, { STACK_NAME }: Environment = process.env): LocatedFinding[] {
  const name = (config as { readonly stackName?: unknown } | null | undefined)?.stackName;
  if (!STACK_NAME || typeof name !== 'string' || name === STACK_NAME) return [];
  const finding = {
    found: foundValue(name, `, and STACK_NAME is ${formatFound(STACK_NAME)}`),
    accepted: 'one name for the stack',
    fix: 'unset STACK_NAME, or remove stackName; in TypeScript: stackName: process.env.STACK_NAME ?? ...',
  };
  return [{ path: ['stackName'], finding }];
}

interface Derived {
  readonly text: string;
  /** Source of the value, for the report. */
  readonly origin: string;
  /** The fix for a malformed value. */
  readonly fix: string;
}

/**
 * STACK_NAME, or else the service's or the file's name with the stage after it: stages with one name would be one stack, and the deployment
 * of one would change the other.
 */
function nameFrom(file: string, service: string | undefined, environment: Environment): Derived {
  const { STACK_NAME, STAGE } = environment;
  if (STACK_NAME) return { text: STACK_NAME, origin: 'STACK_NAME', fix: 'correct STACK_NAME, or unset it' };
  const { text: name, origin, fix } = unstagedName(file, service, environment);
  if (!STAGE) return { text: name, origin, fix };
  const isStage = STACK_NAME_FORM.pattern.test(name);
  return {
    text: `${name}-${STAGE}`,
    origin: `${origin} and STAGE`,
    fix: isStage ? 'correct STAGE, or set STACK_NAME' : fix,
  };
}

/**
 * Stacktape's own name of a file, also with more after a dot as in `stacktape.nightly.yml`, is that of no project: the stacks of all of them
 * would have one name. Their project is PROJECT_NAME.
 */
function unstagedName(file: string, service: string | undefined, { PROJECT_NAME }: Environment): Derived {
  if (service !== undefined)
    return { text: service, origin: 'serviceName', fix: 'correct serviceName, or set STACK_NAME' };
  const text = basename(file, extname(file)).replace(/\.config$/, '');
  if (/^stacktape(\.|$)/.test(text) && PROJECT_NAME)
    return { text: PROJECT_NAME, origin: 'PROJECT_NAME', fix: 'correct PROJECT_NAME, or set STACK_NAME' };
  return {
    text,
    origin: "the file's name",
    fix: 'add stackName to the config, set STACK_NAME, or rename the file',
  };
}

/** The region that the AWS CLI would use. @default undefined if none is set */
export async function configuredRegion(environment: Environment = process.env): Promise<string | undefined> {
  return (await regionFrom(environment))?.text;
}

async function regionFrom(environment: Environment): Promise<Derived | undefined> {
  for (const origin of ['AWS_REGION', 'AWS_DEFAULT_REGION']) {
    const text = environment[origin];
    if (text) return regionOf(text, origin);
  }
  const { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE, AWS_PROFILE } = environment;
  const files = {
    configFilepath: AWS_CONFIG_FILE || join(homedir(), '.aws', 'config'),
    filepath: AWS_SHARED_CREDENTIALS_FILE || join(homedir(), '.aws', 'credentials'),
  };
  if (!Object.values(files).some((path) => existsSync(path))) return undefined;
  const { loadSharedConfigFiles } = await import('@smithy/core/config');
  // Two runs in one process can read different files.
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ...files, ignoreCache: true });
  const profile = AWS_PROFILE || 'default';
  const text = configFile[profile]?.region ?? credentialsFile[profile]?.region;
  return text === undefined ? undefined : regionOf(text, `the region of the AWS profile ${formatFound(profile)}`);
}

function regionOf(text: string, origin: string): Derived {
  return { text, origin, fix: `correct ${origin}, or add region to the config` };
}

function malformed(
  property: string,
  derived: Derived | undefined,
  { pattern, ...accepted }: Pick<Finding, 'accepted' | 'acceptedAs'> & { readonly pattern: RegExp },
): LocatedFinding[] {
  if (derived === undefined || pattern.test(derived.text)) return [];
  const found = foundValue(derived.text, `, from ${derived.origin}`);
  return [{ path: [property], finding: { found, ...accepted, fix: derived.fix } }];
}
