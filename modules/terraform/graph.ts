import type { Graph } from '../rules/cycles';

/** Lists of addresses, which are written without braces. */
const ADDRESS_LISTS: ReadonlySet<string> = new Set(['depends_on', 'replace_triggered_by']);

const ADDRESS = /\b(?:data\.)?[a-z][a-z0-9_]*\.[\w-]+/g;

type Blocks = { readonly [type: string]: { readonly [id: string]: unknown } };

/** Terraform's graph of a document's resources and data sources, by address: `aws_sqs_queue.inbox`, `data.aws_region.here`. */
export function terraformGraph(document: { readonly resource?: Blocks; readonly data?: Blocks }): Graph {
  const elements = new Map([...blocks(document.resource, ''), ...blocks(document.data, 'data.')]);
  return new Map(
    [...elements].map(([address, block]) => {
      const named = [...addressesIn(block, false)].filter((other) => elements.has(other));
      return [address, [...new Set(named)]] as const;
    }),
  );
}

function blocks(types: Blocks = {}, prefix: string): [string, unknown][] {
  return Object.entries(types).flatMap(([type, ofType]) =>
    Object.entries(ofType).map(([id, block]): [string, unknown] => [`${prefix}${type}.${id}`, block]),
  );
}

function* addressesIn(value: unknown, bare: boolean): Generator<string> {
  if (typeof value === 'string') {
    const text = value.replaceAll('$${', '');
    if (bare || text.includes('${')) yield* text.match(ADDRESS) ?? [];
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    if (key !== '//') yield* addressesIn(item, bare || ADDRESS_LISTS.has(key));
  }
}
