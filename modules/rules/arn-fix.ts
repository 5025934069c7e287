import { formatFound } from '../problems/found';
import { formatCount } from '../problems/phrases';
import { BUCKET_NAME_MAX_LENGTH, NAME_LIMITS } from './naming';

/** The ARNs of one kind of resource. */
export interface ArnForm {
  /** One of them. It has the service, the kind of resource before the name, and no region or account if they have none. */
  readonly example: string;
  readonly name: NameForm;
  /** A directive that is such an ARN. */
  readonly directive?: string;
}

/** What a name can be: the last part of an ARN, after the kind of resource. */
export interface NameForm {
  /** @default 1 */
  readonly min?: number;
  readonly max: number;
  /** The characters that it can have, for a report. */
  readonly characters: string;
  /** Those that it can't have. */
  readonly others: RegExp;
}

/** Names of letters, digits, hyphens and underscores. */
const WORDS = { characters: 'letters, digits, - and _', others: /[^\w-]/ };

const DOTTED = { characters: 'letters, digits, - _ and .', others: /[^\w.-]/ };

export const QUEUE_NAME: NameForm = { ...WORDS, max: NAME_LIMITS.sqsQueue };
export const TOPIC_NAME: NameForm = { ...WORDS, max: NAME_LIMITS.snsTopic };
export const STREAM_NAME: NameForm = { ...DOTTED, max: NAME_LIMITS.kinesisStream };
export const TABLE_NAME: NameForm = { ...DOTTED, min: 3, max: NAME_LIMITS.dynamoDbTable };
export const BUCKET_NAMES: NameForm = {
  min: 3,
  max: BUCKET_NAME_MAX_LENGTH,
  characters: 'lower-case letters, digits, . and -',
  others: /[^a-z0-9.-]/,
};
export const LOG_GROUP_NAME: NameForm = {
  max: NAME_LIMITS.logGroup,
  characters: 'letters, digits and _ - . / #',
  others: /[^\w.\-/#]/,
};
export const BUS_NAME: NameForm = {
  max: NAME_LIMITS.eventBus,
  characters: 'letters, digits and _ - . /',
  others: /[^/.\w-]/,
};
export const STATE_MACHINE_NAME: NameForm = { max: NAME_LIMITS.stateMachine, characters: 'no spaces', others: /[:\s]/ };
/** Names with a path. */
export const IAM_NAME: NameForm = {
  max: 640,
  characters: 'letters, digits and _ + = , . @ - /',
  others: /[^\w+=,.@/-]/,
};
/** What follows a kind of resource and is no name alone. */
export const ANY_NAME: NameForm = { max: 1024, characters: 'no spaces', others: /\s/ };

/** The fix for a string that is no ARN of a form: it names the part that differs. */
export function arnFix({ example, name, directive }: ArnForm, found: string): string {
  if (!found.startsWith('arn:'))
    return `write ${directive === undefined ? '' : `${directive} or `}an ARN such as ${example}`;
  const [given, wanted] = [partsOf(found), partsOf(example)];
  const fix =
    serviceFix(given, wanted) ??
    placeFix(given, wanted) ??
    kindFix(given, wanted) ??
    nameFix(given.resource.slice(wanted.kind.length), name);
  return fix === undefined ? `write an ARN such as ${example}` : `${fix}, as in ${example}`;
}

interface ArnParts {
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
  /** Start of the resource up to its name, such as `stream/`. */
  readonly kind: string;
}

function partsOf(arn: string): ArnParts {
  const [, , service = '', region = '', account = '', ...rest] = arn.split(':');
  const resource = rest.join(':');
  const [kind = ''] = /^[\w-]+[:/]/.exec(resource) ?? [];
  return { service, region, account, resource, kind };
}

function serviceFix({ service }: ArnParts, wanted: ArnParts): string | undefined {
  if (service === wanted.service) return undefined;
  return `write an ARN of ${wanted.service}${service === '' ? '' : `, and not of ${service}`}`;
}

function placeFix({ region, account }: ArnParts, wanted: ArnParts): string | undefined {
  if (wanted.region === '' && region !== '') return 'leave the region empty';
  if (wanted.region !== '' && !/^[a-z0-9-]+$/.test(region))
    return `write the code of a region after ${wanted.service}:`;
  if (wanted.account === '' && account !== '') return 'leave the account empty';
  if (wanted.account !== '' && !/^(\d{12}|aws)$/.test(account)) return 'write the 12 digits of the account';
  return undefined;
}

function kindFix({ resource, kind }: ArnParts, wanted: ArnParts): string | undefined {
  if (resource.startsWith(wanted.kind)) return undefined;
  return `write an ARN with ${wanted.kind} before the name${kind === '' ? '' : `, and not ${kind}`}`;
}

function nameFix(name: string, { min = 1, max, characters, others }: NameForm): string | undefined {
  const lengths = `${formatCount(min)} to ${formatCount(max)} characters`;
  if (name === '') return 'add the name';
  const [other] = others.exec(name) ?? [];
  if (other === '/' || other === ':') return 'write nothing after the name';
  if (other !== undefined && !others.test(name.toLowerCase())) return 'write the name in lower case';
  if (other !== undefined) return `write the name without ${formatFound(other)}: it has ${characters}`;
  if (name.length > max) return `use a name of ${lengths}: this one is too long, with ${formatCount(name.length)}`;
  if (name.length < min) return `use a name of ${lengths}: this one is too short`;
  return undefined;
}
