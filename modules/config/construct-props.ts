import type { Construct } from 'constructs';
import type { z } from 'zod';
import { ConfigError } from '../problems/config-error';
import { formatFound, foundValue } from '../problems/found';
import type { Finding, LocatedFinding } from '../problems/problem';
import { isToken } from './checked';
import { constructDirectiveProblem } from './directive-registry';
import { findingsAbout, parse } from './parse';
import { protect } from './protection';

/** A property of a construct that is not a setting: another construct, an object that represents it, a string or a list. */
export type Wanted = WantedValue & (WantedList | WantedObject);

interface WantedList {
  readonly list: true;
  /** Problems with a list. Paths are relative to it. @default none */
  readonly check?: (list: readonly unknown[]) => readonly LocatedFinding[];
}

interface WantedObject {
  readonly list?: undefined;
  /** Problems with an object. Paths are relative to it. @default none */
  readonly check?: (value: Props) => readonly LocatedFinding[];
}

interface WantedValue {
  /** Accepted values for the report, such as `a queue (Queue, SqsQueue or { arn })`. */
  readonly accepted: string;
  /** Its required properties, each a string or an object. @default none */
  readonly has?: readonly string[];
  /** Whether the property can be left out. @default false */
  readonly optional?: boolean;
  /** Whether it is a string. @default false: an object */
  readonly text?: boolean;
  /** Whether it is a boolean. @default false: an object */
  readonly flag?: boolean;
  /** The config's property that accepts an ARN instead, and the form of that ARN. @default none */
  readonly arn?: { readonly property: string; readonly form: z.ZodType };
  /** A property of the object that holds an ARN instead of the required properties. @default none */
  readonly inside?: { readonly property: string; readonly form: z.ZodType };
  /** The config's properties that refer to it by name, which a construct doesn't accept. @default none */
  readonly names?: readonly string[];
}

/** Either an object or the ARN that a config would have instead. */
export type Sourced<Key extends string, Source, Arn extends string> =
  | ({ readonly [Property in Key]: Source } & { readonly [Property in Arn]?: undefined })
  | ({ readonly [Property in Key]?: undefined } & { readonly [Property in Arn]: string });

/** Properties of a construct that are not settings. */
export type WantedProps = { readonly [property: string]: Wanted };

type Props = { readonly [property: string]: unknown };

/**
 * The settings of a construct with their defaults filled in. Checks its other properties too.
 *
 * @throws ConfigError with every problem: a missing property, a wrong type, a name or directive of a config, a wrong setting
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

/** Schema of a companion in a config. */
type CompanionSchema = z.ZodObject<{ type: z.ZodLiteral<string> }>;

/**
 * Checks and returns the properties of a companion that is used as a construct: `properties` and `existing` as in a config, with values
 * instead of directives, and the objects that the stack provides.
 *
 * @param needs required objects that the stack provides
 * @throws ConfigError with every problem
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
  if (props.overrides !== undefined) {
    const fix = 'change the resource itself, by its addOverride';
    known.push({
      path: ['overrides'],
      finding: { found: foundValue(props.overrides), accepted: 'overrides in a config only', fix },
    });
  }
  parse(schema, config, path, { known, more: HANDED });
  if (props.protect === true) protect(construct);
  return given;
}

const STACK_PROPS = { stackName: { accepted: 'the name that physical names start with', text: true } };

/** Objects that the stack provides to the companions that need them. */
const STACK_OBJECTS = {
  aws: { accepted: 'an AwsContext, such as platform.aws', has: ['partition', 'region'] },
  network: { accepted: 'a network, such as platform.network', has: ['vpcId', 'subnetIds'] },
  undeliveredEvents: {
    accepted: 'the queue of undelivered events, such as platform.undeliveredEvents',
    has: ['queue'],
  },
} satisfies WantedProps;

/** Properties that a companion can get in addition to its config. */
const HANDED = ['stackName', 'aws', 'network', 'undeliveredEvents', 'baseDir', 'ownFiles', 'connectTo', 'alarms'];

function propsOf(given: unknown, path: string, wanted: WantedProps): Props {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given as Props;
  const names = accepted(wanted);
  const finding = {
    found: foundValue(given),
    accepted: names.length === 0 ? 'an object of properties' : `an object with ${names.join(', ')}`,
    fix: 'pass the properties as the third argument',
  };
  throw new ConfigError([{ keys: [], ...finding }], path);
}

/** Refuses the keys that wrap the properties in a config, such as `type`. */
function refuseWhole({ type, properties }: Props, path: string): void {
  if (typeof type !== 'string' || typeof properties !== 'object' || properties === null) return;
  const found = `an object with type ${formatFound(type)} and properties, as in a config`;
  const fix = 'pass the value of properties, without type';
  throw new ConfigError([{ keys: [], found, accepted: 'the properties alone', fix }], path);
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
  // Of the right type, as there is no finding.
  const inner = (want.list ? want.check?.(value as readonly unknown[]) : want.check?.(value as Props)) ?? [];
  return [...findings, ...inner.map(({ path, finding }) => ({ path: [property, ...path], finding }))];
}

function nameFinding(found: unknown, property: string, { accepted, arn }: Wanted): Finding {
  const or = arn === undefined ? '' : `, or ${arn.property}`;
  const fix = `give ${property}${or}: names are resolved only in a config file`;
  return { found: foundValue(found), accepted: `${property}: ${accepted}${or}`, fix };
}

function arnFindings(value: unknown, property: string, form: z.ZodType): LocatedFinding[] {
  const directive = typeof value === 'string' ? directiveFindings(value, [property], []) : [];
  if (directive.length > 0) return directive;
  return findingsAbout(form, value).map(({ finding }) => ({ path: [property], finding }));
}

function objectFinding(value: unknown, property: string, want: Wanted): Finding | undefined {
  const { accepted, arn, inside, has = [] } = want;
  if (value === undefined) {
    const fix = arn === undefined ? `add ${property}: it is required` : `add ${property} or ${arn.property}`;
    return { found: foundValue(undefined), accepted, fix };
  }
  if (want.text && typeof value === 'string' && value !== '') return undefined;
  if (want.flag && typeof value === 'boolean') return undefined;
  if (typeof value === 'string' && value.startsWith('arn:') && arn !== undefined) {
    return { found: foundValue(value), accepted, fix: `write ${arn.property}: ${formatFound(value)}` };
  }
  if (typeof value !== 'object' || value === null) {
    const fix =
      typeof value === 'string'
        ? `give the object itself: names are resolved only in a config file`
        : `give ${accepted}`;
    return { found: foundValue(value), accepted, fix };
  }
  if (Array.isArray(value) !== (want.list ?? false)) {
    return { found: foundValue(value), accepted, fix: want.list ? 'write [ ] around it' : `give ${accepted}` };
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

/** Refuses directives. Only a config file resolves them. */
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
    // The check of the property reports a value that can't be read.
  }
  return findings;
}
