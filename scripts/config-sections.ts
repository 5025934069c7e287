import type { DocumentedProperty } from './schema';

/** A page of the reference. */
export interface ConfigPage {
  /** Name of its file, without the ending. */
  readonly name: string;
  readonly title: string;
  readonly group: Group;
  /** The opening of the page: what the reader can do, in full sentences. */
  readonly intro: string;
  /** Path of the part of the config of which the page describes one type. */
  readonly typeOf?: string;
  /** The guide to the same topic, relative to `docs/`. */
  readonly guide: string;
  readonly sections: Section[];
}

export type Group = 'The stack' | 'Jobs' | 'Images' | 'Events' | 'Resources';

/** The content below one heading of a page. */
export interface Section {
  readonly title: string;
  /** The property in the heading. Undefined if the section groups single properties. */
  readonly own?: DocumentedProperty;
  readonly intro?: string;
  readonly rows: readonly Row[];
}

export interface Row {
  /** The property's path, relative to its section. */
  readonly name: string;
  readonly property: DocumentedProperty;
}

/** The stack, or one type of a part that has several types, with its properties. Excludes properties of types inside it. */
interface Part {
  /** Path of the part. Empty for the stack. */
  readonly prefix: string;
  /** The last word of its path. */
  readonly kind: string;
  readonly type: string;
  readonly text: string;
  readonly rows: DocumentedProperty[];
}

type Shelf = Omit<ConfigPage, 'sections'>;

/** Pages about parts without types, and about parts whose types share a page. Each has the properties that match its pattern. */
const SHELVES: readonly (Shelf & { readonly path: RegExp })[] = [
  {
    path: /^cloudformationResources\b/,
    name: 'cloudformation-resources',
    title: 'CloudFormation resources',
    group: 'The stack',
    intro: 'Create what this project has no resource type for. CloudFormation creates these resources, in one stack.',
    guide: 'configure/yaml-and-directives.md',
  },
  {
    path: /^backend.*\.(assumeRole|assumeRoleWithWebIdentity|endpoints)(\.|$)/,
    name: 'backend-access',
    title: 'Roles and endpoints of the state backend',
    group: 'The stack',
    intro: 'Choose the role that Terraform reads and writes the state with, and endpoints instead of those of AWS.',
    guide: 'configure/accounts-with-rules.md',
  },
  {
    path: /^backend\b/,
    name: 'backend',
    title: 'State backend',
    group: 'The stack',
    intro: "Choose where Terraform stores the stack's state.",
    guide: 'deploy.md',
  },
  {
    path: /^(notifications|alarms)\b/,
    name: 'notifications',
    title: 'Notifications and alarms',
    group: 'The stack',
    intro: 'Choose who hears of the runs of all jobs.',
    guide: 'operate/notifications.md',
  },
  {
    path: /^compute\b/,
    name: 'compute',
    title: 'Instances',
    group: 'The stack',
    intro: 'Choose the instances that jobs run on, how many there can be, and what they start with.',
    guide: 'configure/instances.md',
  },
  {
    path: /^(?!resources\.)/,
    name: 'stack',
    title: 'Stack',
    group: 'The stack',
    intro: 'Set these properties at the top level of the config. They apply to all jobs.',
    guide: 'deploy.md',
  },
  {
    path: /^resources\.\*\.properties\.container\.(?!packaging\.)|^resources\.\*\.properties\.container$/,
    name: 'batch-job-container',
    title: 'Container of a job',
    group: 'Jobs',
    intro: "Choose a job's image and set its environment variables.",
    guide: 'configure/environment.md',
  },
  {
    path: /^resources\.\*\.properties\.logging\b/,
    name: 'batch-job-logging',
    title: 'Logs of a job',
    group: 'Jobs',
    intro: "Choose how long a job's output is kept, and where else it is sent.",
    guide: 'configure/logs.md',
  },
  {
    path: /^resources\.\*\.properties\.volumes\b/,
    name: 'batch-job-volumes',
    title: 'Volumes of a job',
    group: 'Jobs',
    intro: 'Mount file systems and memory in the containers of a job.',
    guide: 'configure/storage.md',
  },
  {
    path: /^resources\.\*\.properties\.(notifications|alarms)\b/,
    name: 'batch-job-notifications',
    title: 'Notifications and alarms of a job',
    group: 'Jobs',
    intro: 'Choose who hears of the runs of one job.',
    guide: 'operate/notifications.md',
  },
  {
    path: /^resources\.\*\.properties\.(connectTo|(iam|execution)RoleStatements)\b/,
    name: 'batch-job-permissions',
    title: 'Permissions of a job',
    group: 'Jobs',
    intro: 'Allow a job, or the role that starts its container, to use other resources.',
    guide: 'configure/access-and-secrets.md',
  },
];

const JOB: Shelf = {
  name: 'batch-job',
  title: 'Job: batch-job',
  group: 'Jobs',
  intro:
    "Set these properties in `resources.<name>` with `type: 'batch-job'`. Five parts have their own pages: " +
    '[Container of a job](batch-job-container.md), [Logs of a job](batch-job-logging.md), ' +
    '[Volumes of a job](batch-job-volumes.md), [Permissions of a job](batch-job-permissions.md) and ' +
    '[Notifications and alarms of a job](batch-job-notifications.md).',
  guide: 'configure/size-and-gpu.md',
  typeOf: 'resources',
};

/** The pages. Each property of the config is on one of them. */
export function pagesOf(properties: readonly DocumentedProperty[]): ConfigPage[] {
  const pages = new Map<string, ConfigPage>();
  // The page of the surrounding part: types of a part of a resource are on the resource's page.
  let resource: Shelf = JOB;
  let event: Shelf = JOB;
  for (const part of partsOf(properties)) {
    if (part.kind === 'resources') resource = part.type === 'batch-job' ? JOB : resourceShelf(part);
    // The events of a function are those of jobs.
    if (resource !== JOB && part.prefix.includes('.events[]')) continue;
    if (part.kind === 'events') event = eventShelf(part);
    for (const [shelf, rows] of shelvesOf(part, resource, event)) {
      const page = pages.get(shelf.name) ?? { ...shelf, sections: [] };
      pages.set(shelf.name, page);
      const isOwn = page.sections.length === 0;
      page.sections.push(...(isOwn ? groupedSections(part, rows) : [flatSection(part, rows)]));
    }
  }
  return [...pages.values()].sort((one, other) => GROUPS.indexOf(one.group) - GROUPS.indexOf(other.group));
}

export const GROUPS: readonly Group[] = ['The stack', 'Jobs', 'Images', 'Events', 'Resources'];

function partsOf(properties: readonly DocumentedProperty[]): Part[] {
  const stack: Part = { prefix: '', kind: '', type: '', text: '', rows: [] };
  const parts = [stack];
  let open = [stack];
  for (const property of properties) {
    const { path, text } = property;
    const name = typeOf(property);
    if (name !== undefined) {
      const prefix = path.slice(0, -'.type'.length);
      const kind =
        prefix
          .replace(/(\[\]|\.\*)$/, '')
          .split('.')
          .at(-1) ?? '';
      const part: Part = { prefix, kind, type: name, text, rows: [] };
      // A part with the same path is the previous one in the list of types.
      open = [...open.filter((outer) => isWithin(path, outer.prefix) && prefix !== outer.prefix), part];
      parts.push(part);
    } else {
      open = open.filter(({ prefix }) => isWithin(path, prefix));
      open.at(-1)?.rows.push(property);
    }
  }
  return parts;
}

/** The type that begins a part. Those of images can have other names, after the one that the page is called by. */
function typeOf({ path, node }: DocumentedProperty): string | undefined {
  if (path.endsWith('.packaging.type') && node.enum !== undefined) return String(node.enum[0]);
  return path.endsWith('.type') && node.const !== undefined ? String(node.const) : undefined;
}

function isWithin(path: string, prefix: string): boolean {
  return prefix === '' || path.startsWith(`${prefix}.`);
}

/** The pages that a part's properties are on. */
function shelvesOf(part: Part, resource: Shelf, event: Shelf): Map<Shelf, DocumentedProperty[]> {
  const shelves = new Map<Shelf, DocumentedProperty[]>();
  const ofJob = part.prefix === '' || resource === JOB;
  const own = ownShelf(part, resource, event);
  for (const row of part.rows.length === 0 ? [undefined] : part.rows) {
    const path = row?.path ?? `${part.prefix}.`;
    const shelf =
      besideResource(resource, path) ??
      own ??
      (ofJob ? SHELVES.find((candidate) => candidate.path.test(path)) : undefined) ??
      resource;
    const rows = shelves.get(shelf) ?? [];
    shelves.set(shelf, rows);
    if (row !== undefined) rows.push(row);
  }
  return shelves;
}

/** The page with all properties of a part. Undefined if they are on several pages. */
function ownShelf(part: Part, resource: Shelf, event: Shelf): Shelf | undefined {
  if (part.kind === 'events' || part.kind === 'authorizer') return event;
  if (resource !== JOB && part.prefix !== '') return resource;
  return part.kind === 'packaging' ? packagingShelf(part) : undefined;
}

/** The second page of a resource with many properties. */
interface SecondPage extends Shelf {
  /** Type of the resource. */
  readonly of: string;
  /** Properties on the page. */
  readonly path: RegExp;
  /** What the page of the resource says about it. */
  readonly link: string;
}

const SECOND_PAGES: readonly SecondPage[] = [
  {
    of: 'function',
    path: /^resources\.\*\.properties\.(connectTo|iamRoleStatements)\b/,
    name: 'resource-function-permissions',
    title: 'Permissions of a function',
    group: 'Resources',
    intro: 'Choose what a function can use.',
    guide: 'configure/resources/function.md',
    link: '[Permissions of a function](resource-function-permissions.md) are on a separate page.',
  },
  {
    of: 'function',
    path: /^resources\.\*\.properties\.url\b/,
    name: 'resource-function-url',
    title: 'Address of a function',
    group: 'Resources',
    intro: 'Give a function an HTTPS address.',
    guide: 'configure/resources/function.md#address',
    link: 'Its [address](resource-function-url.md) has a page, too.',
  },
  {
    of: 'function',
    path: /^resources\.\*\.properties\.alarms\b/,
    name: 'resource-function-alarms',
    title: 'Alarms of a function',
    group: 'Resources',
    intro: 'Choose who hears of invocations that fail or take long.',
    guide: 'operate/alarms.md#functions',
    link: 'So have its [alarms](resource-function-alarms.md).',
  },
  {
    of: 'bucket',
    path: /^resources\.\*\.properties\.lifecycleRules\b/,
    name: 'resource-bucket-lifecycle',
    title: 'Lifecycle of a bucket',
    group: 'Resources',
    intro: 'Choose when a bucket deletes objects or moves them.',
    guide: 'configure/resources/bucket.md#delete-or-move-old-objects',
    link: '[Lifecycle rules](resource-bucket-lifecycle.md) are on a separate page.',
  },
];

function besideResource({ name }: Shelf, path: string): Shelf | undefined {
  return SECOND_PAGES.find((page) => name === `resource-${page.of}` && page.path.test(path));
}

function resourceShelf({ type }: Part): Shelf {
  const links = SECOND_PAGES.filter(({ of }) => of === type).map(({ link }) => ` ${link}`);
  return {
    name: `resource-${type}`,
    title: `Resource: ${type}`,
    group: 'Resources',
    intro: `Set these properties in \`resources.<name>\` with \`type: '${type}'\`.${links.join('')}`,
    guide: `configure/resources/${type}.md`,
    typeOf: 'resources',
  };
}

function eventShelf({ prefix, type, text }: Part): Shelf {
  return {
    name: `event-${type}`,
    title: `Event: ${type}`,
    group: 'Events',
    intro: `Set these properties in an entry of \`events\` of a job or function with \`type: '${type}'\`. ${text}`,
    guide: `events/${type}.md`,
    typeOf: prefix.replace(/\[\]$/, ''),
  };
}

const IMAGE_GUIDES: Readonly<Record<string, string>> = {
  'prebuilt-image': 'code/prebuilt-image.md',
  'custom-dockerfile': 'code/dockerfile.md',
};

function packagingShelf({ prefix, type, text }: Part): Shelf {
  return {
    name: `packaging-${type}`,
    title: `Image: ${type}`,
    group: 'Images',
    intro: `Set these properties in a job's \`container.packaging\` with \`type: '${type}'\`. ${text}`,
    guide: IMAGE_GUIDES[type] ?? 'code/run-code.md',
    typeOf: prefix,
  };
}

/** A heading for each object of a part, and one for its single properties. */
function groupedSections({ prefix }: Part, rows: readonly DocumentedProperty[]): Section[] {
  const named = rows.map((property) => ({ property, name: nameWithin(property.path, prefix) }));
  const groups = new Map<string, { own?: DocumentedProperty; rows: Row[] }>();
  const isObject = (first: string) => named.some(({ name }) => name !== first && firstOf(name) === first);
  for (const { name, property } of named) {
    if (isLevel(name)) continue;
    const path = name.replace(/^properties\./, '');
    const first = firstOf(name);
    const isSingle = !isObject(first);
    const title = isSingle ? (first === path ? besideTitle(prefix) : 'Properties') : first.replace(/^properties\./, '');
    const group = groups.get(title) ?? { rows: [] };
    groups.set(title, group);
    if (name === first && !isSingle) group.own = property;
    else group.rows.push({ property, name: isSingle ? path : withoutStart(path.slice(title.length)) });
  }
  const sections = [...groups].map(([title, group]): Section => ({ title, ...group }));
  const singles = ({ own }: Section) => (own === undefined ? 0 : 1);
  return sections.sort((one, other) => singles(one) - singles(other));
}

/** The heading of a type that shares a page with others. */
function flatSection({ prefix, kind, type, text }: Part, rows: readonly DocumentedProperty[]): Section {
  const named = rows.map((property) => ({
    property,
    name: nameWithin(property.path, prefix).replace(/^properties\./, ''),
  }));
  return { title: `${kind}: ${type}`, intro: text, rows: named.filter(({ name }) => !isLevel(name)) };
}

/** Whether a property only contains the properties of a type. */
function isLevel(name: string): boolean {
  return /(^|\.)properties$/.test(name);
}

function besideTitle(prefix: string): string {
  return prefix === '' ? 'Properties' : 'Next to properties';
}

function nameWithin(path: string, prefix: string): string {
  return prefix === '' ? path : path.slice(prefix.length + 1);
}

/** The first property of a path, `properties` not counted. */
function firstOf(name: string): string {
  return /^(?:properties\.)?[^.[]+/.exec(name)?.[0] ?? name;
}

function withoutStart(path: string): string {
  return path.replace(/^(\[\]|\.\*)?\./, '');
}
