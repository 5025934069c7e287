/** What Terraform wants for an attribute. */
export interface AttributeShape {
  /** Kind of value by CDKTF's name: `string`, `number`, `boolean`, `stringList`, `stringMap`; the name of a class for a block. */
  readonly kind: string;
  /** The attributes of a block, or of each of its entries. */
  readonly attributes?: AttributeShapes;
}

/** Shapes by Terraform's names. */
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
 * The shapes of all attributes of a resource, of those that are not set too: the bindings, which are made from the provider's schema,
 * describe whatever they find set, and are shown a resource in which everything is.
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

/** A value, a block and a list of blocks at once: each of its properties is the same again. */
const EVERYTHING: DescribedResource = new Proxy([] as unknown as DescribedResource, {
  get(_, property) {
    if (property === 'map') return (entry: (value: unknown) => unknown) => [entry(EVERYTHING)];
    if (property === 'toString') return () => '';
    // Symbols tell CDKTF's own kinds of values apart, `resolve` a token.
    return typeof property === 'symbol' || property === 'resolve' ? undefined : EVERYTHING;
  },
});
