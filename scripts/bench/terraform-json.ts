import { readFileSync } from 'node:fs';

/** Resources or data sources by type and logical id. */
export interface Blocks {
  readonly [type: string]: { readonly [id: string]: { readonly [attribute: string]: unknown } };
}

/** The part of a synthesized stack that the bench looks at. */
export interface TerraformJson {
  readonly resource: Blocks;
  readonly data: Blocks;
}

/** Reads a synthesized stack. */
export function readTerraformJson(file: string): TerraformJson {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Resources and data sources of a stack. */
export function countBlocks({ resource, data }: TerraformJson): number {
  return [resource, data].flatMap(Object.values).reduce((sum, byId) => sum + Object.keys(byId).length, 0);
}

/**
 * A text that is equal for two stacks of the same resources and data sources with the same attributes and references. Left out are
 * the order, CDKTF's own notes, and the hashes that it appends to ids of constructs within constructs.
 */
export function sameness({ resource, data }: TerraformJson): string {
  const lines = Object.entries({ resource, data }).flatMap(([kind, blocks]) =>
    Object.entries(blocks).flatMap(([type, byId]) =>
      Object.entries(byId).map(([id, { '//': _, ...attributes }]) => JSON.stringify([kind, type, id, attributes])),
    ),
  );
  return lines
    .map((line) => line.replace(/(?<=[\w-])_[0-9A-F]{8}\b/g, ''))
    .sort()
    .join('\n');
}
