import { Lazy } from 'cdktf';
import {
  type CfResourceParamDirective,
  isAccountId,
  parseCfResourceParam,
  parseResourceParam,
} from '../config/directive';
import { parseFormat } from '../config/format-directive';

/** A resource whose parameters others can refer to. */
export interface CatalogEntry {
  readonly params: { readonly [param: string]: string | undefined };
}

/** The descriptor of a type of companion. */
export interface InstancesOf<Instance> {
  readonly type: string;
  /** Only the type of its constructs. */
  readonly instance?: Instance;
}

/** Resources whose attributes Terraform doesn't know. */
export interface AttributeSource {
  /** The value of an attribute, as a string or token. */
  attribute(directive: CfResourceParamDirective): string;
}

/**
 * The resources of a stack, by their names in the config. The checks of the config have already reported a missing name, or a parameter
 * that the type doesn't have.
 */
export class ResourceCatalog {
  /** Resolves `$CfResourceParam`. @default for a stack without CloudFormation resources, whose config has no such directive */
  attributes?: AttributeSource;
  /** Whether some resources could not be made. What they lack has no value then, so that the rest of the stack can be looked at. */
  incomplete = false;
  /** The account of the deployment, as a token. Resolves `$AwsAccountId`. */
  accountId?: string;
  private readonly resources = new Map<string, CatalogEntry>();

  add(name: string, resource: CatalogEntry): void {
    this.resources.set(name, resource);
  }

  has(name: string): boolean {
    return this.resources.has(name);
  }

  /** A parameter: as a token if the resource is created after the constructs that refer to it. */
  param(name: string, param: string): string {
    const known = this.resources.get(name)?.params[param];
    return known ?? Lazy.stringValue({ produce: () => this.value(name, param) });
  }

  /** The resource with a name, which must be of the type. */
  get<Instance>(name: string, { type }: InstancesOf<Instance>): Instance {
    const resource = this.resources.get(name);
    if (resource !== undefined && 'type' in resource && resource.type === type) return resource as Instance;
    throw new Error(`the stack has no ${type} "${name}"`);
  }

  /** The resource in a `$ResourceParam('name', ...)` directive, if the whole string is one. */
  named<Instance>(text: string, type: InstancesOf<Instance>): Instance | undefined {
    const directive = parseResourceParam(text);
    return directive === undefined ? undefined : this.get(directive.resource, type);
  }

  /** The same value with a token for each string that is a directive as a whole. */
  resolve<Value>(value: Value): Value {
    return this.convert(value) as Value;
  }

  private convert(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((item) => this.convert(item));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.convert(item)]));
  }

  private text(text: string): string {
    const directive = parseResourceParam(text);
    if (directive !== undefined) return this.param(directive.resource, directive.param);
    if (isAccountId(text)) return this.account();
    const attribute = parseCfResourceParam(text);
    if (attribute === undefined) return this.format(text);
    if (this.attributes === undefined)
      throw new Error(`the stack has no CloudFormation resource "${attribute.logicalId}"`);
    return this.attributes.attribute(attribute);
  }

  private format(text: string): string {
    const parts = parseFormat(text);
    return parts?.map((part) => ('text' in part ? part.text : this.text(part.directive))).join('') ?? text;
  }

  /** As a token: the network is described before the account is looked up. */
  private account(): string {
    return this.accountId ?? Lazy.stringValue({ produce: () => this.accountId });
  }

  private value(name: string, param: string): string {
    const value = this.resources.get(name)?.params[param];
    if (value === undefined && !this.incomplete) throw new Error(`resource "${name}" has no ${param}`);
    return value ?? '';
  }
}
