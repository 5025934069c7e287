import type { Construct } from 'constructs';
import type { z } from 'zod';
import { isToken } from './checked';
import { constructDirectiveProblem } from './directive-registry';
import { parse } from './parse';
import { ConfigError, type Finding, formatFound, type LocatedFinding } from './problem';

/** What a construct takes beside its settings: another construct, or something that stands for it. */
export interface Wanted {
  /** For the report, such as `a queue (Queue, SqsQueue or { arn })`. */
  readonly accepted: string;
  /** Properties that it must have, each a text or an object. @default none */
  readonly has?: readonly string[];
  /** @default false */
  readonly optional?: boolean;
  /** It is a text. @default false: an object */
  readonly text?: boolean;
  /** It is a list. @default false: an object */
  readonly list?: boolean;
  /** What is wrong with a value of the right kind, with paths from it on. @default nothing */
  readonly check?: (value: object) => readonly LocatedFinding[];
  /** The config's property that takes an ARN in its place, and the form of that ARN. @default none */
  readonly arn?: { readonly property: string; readonly form: z.ZodType };
  /** A property of the object itself that holds an ARN in place of what it must have. @default none */
  readonly inside?: { readonly property: string; readonly form: z.ZodType };
  /** The config's properties that name it, which mean nothing here. @default none */
  readonly names?: readonly string[];
}

/** An object, or the ARN that stands for it in a config: exactly one of the two. */
export type Sourced<Key extends string, Source, Arn extends string> = { readonly [Property in Key]?: Source } & {
  readonly [Property in Arn]?: string;
};

/** What a construct takes beside its settings, by property. */
export type WantedProps = { readonly [property: string]: Wanted };

type Props = { readonly [property: string]: unknown };

/**
 * The settings of a construct, their defaults filled in; its other properties are checked too.
 *
 * @throws ConfigError with every problem: a property that is missing or of another kind, a name or directive of a config, a wrong setting.
 */
export function constructSettings<Schema extends z.ZodType>(
  construct: Construct,
  given: unknown,
  schema: Schema,
  wanted: WantedProps = {},
  path = construct.node.path,
): z.output<Schema> {
  const props = propsOf(given, path, wanted);
  refuseWhole(props, path);
  const settings = { ...props };
  const known: LocatedFinding[] = [];
  for (const [property, want] of Object.entries(wanted)) {
    known.push(...objectFindings(props, property, want));
    for (const key of [property, want.arn?.property, ...(want.names ?? [])])
      if (key !== undefined) delete settings[key];
  }
  known.push(...directiveFindings(settings, [], [construct.node.id, 'properties']));
  return parse(schema, settings, path, { known, more: accepted(wanted) });
}

/** A companion of a config, as its schema describes it. */
type CompanionSchema = z.ZodObject<{ type: z.ZodLiteral<string> }>;

/**
 * The properties of a companion that is used as a construct, as they were given: `properties` and `existing` as in a config, with values in
 * place of directives, and what the stack hands it.
 *
 * @param needs what the stack hands it that it cannot do without.
 * @throws ConfigError with every problem of them.
 */
export function companionProps<Props extends object>(
  construct: Construct,
  given: Props,
  schema: CompanionSchema,
  needs: readonly (keyof typeof STACK_OBJECTS)[] = [],
): Props {
  const { path, id } = construct.node;
  const props = propsOf(given, path, STACK_PROPS);
  const config: { [property: string]: unknown } = { ...props, type: schema.shape.type.value };
  for (const property of HANDED) delete config[property];
  const known = directiveFindings(config, [], [id]);
  const { stackName, existing } = props;
  if (existing === undefined && !isGiven(stackName))
    known.push(...objectFindings(props, 'stackName', STACK_PROPS.stackName));
  for (const property of needs) known.push(...objectFindings(props, property, STACK_OBJECTS[property]));
  parse(schema, config, path, { known, more: HANDED });
  return given;
}

const STACK_PROPS = { stackName: { accepted: 'the name that physical names start with', text: true } };

/** What a stack hands to the companions that need it. */
const STACK_OBJECTS = {
  aws: { accepted: 'an AwsContext, such as platform.aws', has: ['partition', 'region'] },
  network: { accepted: 'a network, such as platform.network', has: ['vpcId', 'subnetIds'] },
  undeliveredEvents: {
    accepted: 'the queue of undelivered events, such as platform.undeliveredEvents',
    has: ['queue'],
  },
} satisfies WantedProps;

/** What a companion may be handed beside its config. */
const HANDED = ['stackName', 'aws', 'network', 'undeliveredEvents', 'baseDir', 'connectTo'];

/** The object that stands for a resource, or the ARN that the config's property gives. */
export function sourceOf<Source extends object>(
  source: Source | undefined,
  arn: string | undefined,
): Source | { readonly arn: string } {
  return source ?? { arn: arn ?? '' };
}

function propsOf(given: unknown, path: string, wanted: WantedProps): Props {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given as Props;
  const names = accepted(wanted);
  const finding = {
    found: formatFound(given),
    accepted: names.length === 0 ? 'an object of properties' : `an object with ${names.join(', ')}`,
    fix: 'pass the properties as the third argument',
  };
  throw new ConfigError([{ path: '', ...finding }], path);
}

/** What a config writes around the properties has no place in a construct. */
function refuseWhole({ type, properties }: Props, path: string): void {
  if (typeof type !== 'string' || typeof properties !== 'object' || properties === null) return;
  const found = `an object with type ${formatFound(type)} and properties, as in a config`;
  const fix = 'pass the value of properties, without type';
  throw new ConfigError([{ path: '', found, accepted: 'the properties alone', fix }], path);
}

function accepted(wanted: WantedProps): string[] {
  return Object.entries(wanted).flatMap(([property, { arn }]) =>
    arn === undefined ? [property] : [property, arn.property],
  );
}

function objectFindings(props: Props, property: string, want: Wanted): LocatedFinding[] {
  const { arn, names = [], optional = false } = want;
  const value = props[property];
  const findings: LocatedFinding[] = names
    .filter((name) => props[name] !== undefined)
    .map((name) => ({ path: [name], finding: nameFinding(props[name], property, want) }));
  const text = arn === undefined ? undefined : props[arn.property];
  if (arn !== undefined && text !== undefined) {
    findings.push(...arnFindings(text, arn.property, arn.form));
    if (value !== undefined) {
      const finding = {
        found: `${property} and ${arn.property}`,
        accepted: 'one of the two',
        fix: `remove ${arn.property}`,
      };
      findings.push({ path: [arn.property], finding });
    }
    return findings;
  }
  if (value === undefined && (optional || findings.length > 0)) return findings;
  const finding = objectFinding(value, property, want);
  if (finding !== undefined) return [...findings, { path: [property], finding }];
  const inner = want.check?.(value as object) ?? [];
  return [...findings, ...inner.map(({ path, finding }) => ({ path: [property, ...path], finding }))];
}

function nameFinding(found: unknown, property: string, { accepted, arn }: Wanted): Finding {
  const or = arn === undefined ? '' : `, or ${arn.property}`;
  const fix = `give ${property}${or}: names are resolved only in a config file`;
  return { found: formatFound(found), accepted: `${property}: ${accepted}${or}`, fix };
}

function arnFindings(value: unknown, property: string, form: z.ZodType): LocatedFinding[] {
  const directive = typeof value === 'string' ? directiveFindings(value, [property], []) : [];
  if (directive.length > 0) return directive;
  try {
    parse(form, value, '');
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ found, accepted, fix }) => ({ path: [property], finding: { found, accepted, fix } }));
  }
}

function objectFinding(value: unknown, property: string, want: Wanted): Finding | undefined {
  const { accepted, arn, inside, has = [] } = want;
  if (value === undefined) {
    const fix = arn === undefined ? `add ${property}: it is required` : `add ${property} or ${arn.property}`;
    return { found: 'nothing', accepted, fix };
  }
  if (want.text && typeof value === 'string' && value !== '') return undefined;
  if (typeof value === 'string' && value.startsWith('arn:') && arn !== undefined) {
    return { found: formatFound(value), accepted, fix: `write ${arn.property}: ${formatFound(value)}` };
  }
  if (typeof value !== 'object' || value === null) {
    const fix =
      typeof value === 'string'
        ? `give the object itself: names are resolved only in a config file`
        : `give ${accepted}`;
    return { found: formatFound(value), accepted, fix };
  }
  if (Array.isArray(value) !== (want.list ?? false)) {
    return { found: formatFound(value), accepted, fix: want.list ? 'write [ ] around it' : `give ${accepted}` };
  }
  const given = inside && (value as Props)[inside.property];
  if (inside !== undefined && given !== undefined) return arnFindings(given, property, inside.form)[0]?.finding;
  const missing = has.find((key) => !isGiven((value as Props)[key]));
  if (missing !== undefined) return { found: `an object without ${missing}`, accepted, fix: `give ${accepted}` };
  return arn === undefined ? undefined : wrongArn((value as Props).arn, arn.form);
}

function isGiven(value: unknown): boolean {
  return typeof value === 'string' ? value !== '' : typeof value === 'object' && value !== null;
}

function wrongArn(arn: unknown, form: z.ZodType): Finding | undefined {
  if (typeof arn !== 'string' || isToken(arn)) return undefined;
  return arnFindings(arn, 'arn', form)[0]?.finding;
}

/** Texts that a config would replace: here nobody does. */
function directiveFindings(value: unknown, path: (string | number)[], place: readonly string[]): LocatedFinding[] {
  const findings: LocatedFinding[] = [];
  const seen = new Set<unknown>();
  const visit = (item: unknown, at: (string | number)[]) => {
    if (typeof item === 'string') {
      const finding = constructDirectiveProblem(item, ['resources', ...place, ...at]);
      if (finding !== undefined) findings.push({ path: at, finding });
    } else if (typeof item === 'object' && item !== null && !seen.has(item)) {
      seen.add(item);
      for (const [key, inner] of Object.entries(item)) visit(inner, [...at, Array.isArray(item) ? Number(key) : key]);
    }
  };
  try {
    visit(value, path);
  } catch {
    // What cannot be read is told by whoever reads it for its value.
  }
  return findings;
}
