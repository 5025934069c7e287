/** Attributes of a resource by Terraform name, with values in Terraform's form. */
export interface TerraformAttributes {
  readonly [attribute: string]: unknown;
}

/** The type that Terraform expects for an attribute. */
export interface AttributeShape {
  /** CDKTF's name of the type: `string`, `number`, `boolean`, `stringList`, `stringMap`, or the name of a class for a block. */
  readonly kind: string;
  /** The attributes of a block, or of each of its entries. */
  readonly attributes?: AttributeShapes;
}

/** Shapes by Terraform name. */
export type AttributeShapes = ReadonlyMap<string, AttributeShape>;

/** An attribute as the bindings of a resource describe it for HCL. */
interface Described {
  readonly value: unknown;
  readonly storageClassType: string;
}

/** The part of a class of the bindings that describes its attributes. */
export interface DescribedResource {
  synthesizeHclAttributes(): { readonly [attribute: string]: unknown };
}

/**
 * The shapes of all attributes of a resource, including unset ones. The bindings, which are generated from the provider's schema, describe
 * only set attributes, so they get a resource with all attributes set.
 */
export function attributeShapes({ synthesizeHclAttributes }: DescribedResource): AttributeShapes {
  return shapesOf(synthesizeHclAttributes.call(EVERYTHING));
}

function shapesOf(attributes: { readonly [attribute: string]: unknown }): AttributeShapes {
  const described = Object.entries(attributes).filter((entry): entry is [string, Described] => isDescribed(entry[1]));
  return new Map(
    described.map(([name, { value, storageClassType }]) => {
      const [inner] = Array.isArray(value) && !isEverything(value) ? value : [value];
      return [name, { kind: storageClassType, ...(isBlock(inner) && { attributes: shapesOf(inner) }) }] as const;
    }),
  );
}

function isDescribed(value: unknown): value is Described {
  return typeof value === 'object' && value !== null && 'storageClassType' in value && 'value' in value;
}

function isBlock(value: unknown): value is { readonly [attribute: string]: unknown } {
  return typeof value === 'object' && value !== null && !isEverything(value) && Object.values(value).some(isDescribed);
}

function isEverything(value: unknown): boolean {
  return value === EVERYTHING;
}

/** A value, a block and a list of blocks at the same time. Each of its properties has the same value. */
const EVERYTHING: DescribedResource = new Proxy([] as unknown as DescribedResource, {
  get(_, property) {
    if (property === 'map') return (entry: (value: unknown) => unknown) => [entry(EVERYTHING)];
    if (property === 'toString') return () => '';
    // CDKTF recognizes its own types by symbols, and a token by `resolve`.
    return typeof property === 'symbol' || property === 'resolve' ? undefined : EVERYTHING;
  },
});
