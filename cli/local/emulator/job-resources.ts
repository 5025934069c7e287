import { connectedName } from '../../../modules/config/connect-to';
import { parseResourceParam } from '../../../modules/config/directive';
import { formatDirectives } from '../../../modules/config/format-directive';
import { referableOf } from '../../../modules/resources/referables';
import type { ResolvedConfig } from '../../../modules/stack-config/config';
import type { Fill } from '../fill';
import type { TerraformDocument } from '../placeholders';
import { isCreatable } from './create';

/** A resource of the config that a job refers to. */
export type JobResource = {
  /** Name in the config. */
  readonly name: string;
  /** Type in the config. */
  readonly type: string;
  /** Terraform's type. @default no emulator can have one */
  readonly terraformType?: string;
} & (StackResource | ExistingResource);

/** The stack makes it. */
interface StackResource {
  /** Arguments of the Terraform resource. */
  readonly arguments: { readonly [argument: string]: unknown };
  readonly existingName?: never;
}

interface ExistingResource {
  readonly arguments?: never;
  /** @default the config does not tell it */
  readonly existingName?: string;
}

interface Stack {
  readonly config: ResolvedConfig;
  readonly document: TerraformDocument;
  readonly fill: Fill;
  /** Physical name of a companion by its name in the config. */
  readonly physicalName: (name: string) => string | undefined;
}

/** The resources that a job is connected to, is started by, or mentions, and those that they mention: what another needs comes first. */
export function jobResources(job: string, { config, document, fill, physicalName }: Stack): JobResource[] {
  const { stackName, resources } = config;
  const found = new Map<string, JobResource>();
  const entered = new Set([job]);
  const enter = (name: string) => {
    const resource = resources[name];
    if (entered.has(name) || resource === undefined) return;
    entered.add(name);
    // What another job or function refers to is its own matter.
    if (resource.type !== 'batch-job' && resource.type !== 'function') visit(resource);
    const { type } = resource;
    const terraformType = Object.keys(referableOf(type)?.provided ?? {}).find(isCreatable);
    const blocks = document.resource?.[terraformType ?? ''] ?? {};
    const block = Object.values(blocks).find((each) => pathOf(each) === `${stackName}/${name}/Resource`);
    found.set(name, {
      name,
      type,
      terraformType,
      ...(block === undefined ? { existingName: physicalName(name) } : { arguments: fill(block) }),
    });
  };
  const visit = (value: unknown) => {
    for (const name of mentioned(value)) if (Object.hasOwn(resources, name)) enter(name);
  };
  visit(resources[job]);
  return [...found.values()];
}

/** `//` is where CDKTF says which construct a resource belongs to. */
function pathOf(block: { readonly [attribute: string]: unknown }): string | undefined {
  return (block['//'] as { metadata?: { path?: string } } | undefined)?.metadata?.path;
}

/** Names of resources in a part of a config: in `connectTo`, in properties such as `sqsQueueName`, and in directives. */
function mentioned(value: unknown, key = ''): string[] {
  if (typeof value === 'string') {
    const isName = key === 'connectTo' || /[a-z]Name$/.test(key);
    const directives = [value, ...formatDirectives(value)].flatMap((text) => parseResourceParam(text) ?? []);
    return [...(isName ? [value] : []), ...directives.map(({ resource }) => resource)];
  }
  if (Array.isArray(value)) return value.flatMap((item) => mentioned(item, key));
  if (typeof value !== 'object' || value === null) return [];
  // An entry of `connectTo` with its name and what it allows.
  if (key === 'connectTo') return mentioned(connectedName(value), key);
  return Object.entries(value).flatMap(([name, item]) => mentioned(item, name));
}
