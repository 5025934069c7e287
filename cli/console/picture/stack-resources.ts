import type { TerraformDocument } from '../../local/placeholders';

/** A resource or data source of a synthesized stack. */
export interface SynthesizedResource {
  /** `aws_sqs_queue.inbox_1A2B3C4D`, or `data.aws_region.current` */
  readonly address: string;
  readonly type: string;
  /** Path of its construct within the stack: `nightlyReport/JobRole/Resource`. Empty if the document does not say. */
  readonly path: string;
  readonly block: Block;
}

export type Block = { readonly [argument: string]: unknown };

type Sections = { readonly [type: string]: { readonly [id: string]: Block } };

/** The resources of a synthesized stack by their address, and by the construct that made them. */
export class StackResources {
  private readonly placed = new Map<string, SynthesizedResource>();
  /** The resources that Terraform makes, without data sources. */
  readonly managed: readonly SynthesizedResource[];
  /** The same, by the first part of their path. */
  private readonly byOwner = new Map<string, SynthesizedResource[]>();

  constructor({ resource = {}, data = {} }: TerraformDocument) {
    this.add('', resource);
    this.add('data.', data);
    this.managed = [...this.placed.values()].filter(({ address }) => !address.startsWith('data.'));
    for (const item of this.managed) {
      const owner = ownerOf(item.path);
      this.byOwner.set(owner, [...(this.byOwner.get(owner) ?? []), item]);
    }
  }

  get(address: string): SynthesizedResource | undefined {
    return this.placed.get(address);
  }

  /** What Terraform makes for a construct and all in it. */
  under(path: string): SynthesizedResource[] {
    const owned = this.byOwner.get(ownerOf(path)) ?? [];
    return owned.filter((item) => item.path === path || item.path.startsWith(`${path}/`));
  }

  /** The JSON of each resource and data source, by address. It has no values of secrets. */
  get json(): Record<string, unknown> {
    return Object.fromEntries([...this.placed].map(([address, { block }]) => [address, withoutSecret(block)]));
  }

  private add(prefix: string, sections: Sections): void {
    for (const [type, blocks] of Object.entries(sections)) {
      for (const [id, { '//': comment, ...block }] of Object.entries(blocks)) {
        const address = `${prefix}${type}.${id}`;
        this.placed.set(address, { address, type, path: pathIn(comment), block });
      }
    }
  }
}

/** `(sensitive)` as Terraform prints it. */
function withoutSecret(block: Block): Block {
  return 'secret_string' in block ? { ...block, secret_string: '(sensitive)' } : block;
}

function ownerOf(path: string): string {
  return path.split('/')[0] ?? '';
}

/** CDKTF notes the path of each construct, which begins with the stack's ID. */
function pathIn(comment: unknown): string {
  const { metadata } = (comment ?? {}) as { readonly metadata?: { readonly path?: string } };
  const path = metadata?.path ?? '';
  return path.slice(path.indexOf('/') + 1);
}
