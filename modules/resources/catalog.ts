import { Lazy } from 'cdktf';
import { type CfResourceParamDirective, parseCfResourceParam, parseResourceParam } from '../config/directive';

/** A resource that others may ask parameters of. */
export interface CatalogEntry {
  readonly params: { readonly [param: string]: string | undefined };
}

/** Resources whose attributes somebody else than Terraform knows. */
export interface AttributeSource {
  /** The value of an attribute, as text or token. */
  attribute(directive: CfResourceParamDirective): string;
}

/**
 * The resources of a stack, by their names in the config. Whoever asks for a name that is not there, or a parameter that its type does
 * not have, has passed by the config's checks.
 */
export class ResourceCatalog {
  /** What answers `$CfResourceParam`. @default a stack without CloudFormation resources, of which nobody asks anything */
  attributes?: AttributeSource;
  private readonly resources = new Map<string, CatalogEntry>();

  add(name: string, resource: CatalogEntry): void {
    this.resources.set(name, resource);
  }

  /** A parameter as a token: the resource may be made later than whoever refers to it. */
  param(name: string, param: string): string {
    return Lazy.stringValue({ produce: () => this.value(name, param) });
  }

  /** The resource of a name, which must be of a class. */
  get<Resource>(name: string, type: abstract new (...args: never[]) => Resource): Resource {
    const resource = this.resources.get(name);
    if (resource instanceof type) return resource;
    throw new Error(`the stack has no ${type.name} "${name}"`);
  }

  /** The resource that a whole text names as `$ResourceParam('name', ...)`, if it does. */
  named<Resource>(text: string, type: abstract new (...args: never[]) => Resource): Resource | undefined {
    const directive = parseResourceParam(text);
    return directive === undefined ? undefined : this.get(directive.resource, type);
  }

  /** The same value with every text that is a directive as a whole made a token. */
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
    const attribute = parseCfResourceParam(text);
    if (attribute === undefined) return text;
    if (this.attributes === undefined)
      throw new Error(`the stack has no CloudFormation resource "${attribute.logicalId}"`);
    return this.attributes.attribute(attribute);
  }

  private value(name: string, param: string): string {
    const value = this.resources.get(name)?.params[param];
    if (value === undefined) throw new Error(`resource "${name}" has no ${param}`);
    return value;
  }
}
