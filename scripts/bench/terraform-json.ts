import { readFileSync } from 'node:fs';

/** Resources or data sources by type and logical id. */
export interface Blocks {
  readonly [type: string]: { readonly [id: string]: { readonly [attribute: string]: unknown } };
}

/** The part of a synthesized stack that the benchmark compares. */
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
 * A string that is the same for two stacks with the same resources, data sources, attributes and references. It ignores the order, CDKTF's
 * metadata, and the hashes that CDKTF appends to ids of nested constructs.
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
