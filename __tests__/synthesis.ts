import { ArchiveProvider } from '@cdktf/provider-archive/lib/provider';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformResource, TerraformStack, Testing } from 'cdktf';
import type { IConstruct } from 'constructs';
import { parse } from '../modules/config/parse';
import { BatchJobsStack } from '../modules/stack';
import type { BatchJobProps } from '../modules/stack-config/batch-job';
import { type BatchJobsConfig, batchJobsConfig } from '../modules/stack-config/config';

/** One block of Terraform JSON: a resource, a data source, an output. */
export type Block = { readonly [argument: string]: unknown };

/** A stack as Terraform gets it, with the hashes taken out of the ids: `aws_iam_role.job_Role` and not `job_Role_3F2A...`. */
export class Synthesis {
  private readonly json: { readonly [section: string]: unknown };

  constructor(stack: TerraformStack) {
    this.json = withoutHashes(JSON.parse(Testing.synth(stack, true))) as typeof this.json;
  }

  /** The resources of a type, or the data sources of `data.<type>`, by id. */
  byId(type: string): { readonly [id: string]: Block } {
    const data = /^data\.(.*)$/.exec(type)?.[1];
    const section = (data === undefined ? this.json.resource : this.json.data) ?? {};
    return (section as { [type: string]: { [id: string]: Block } })[data ?? type] ?? {};
  }

  /** The resources of a type, in the order of their ids. */
  all(type: string): Block[] {
    return Object.entries(this.byId(type))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, block]) => block);
  }

  /** The resource of a type, which must be the only one, or the only one whose id ends so. */
  one(type: string, idEnd = ''): Block {
    const found = Object.entries(this.byId(type)).filter(([id]) => id.endsWith(idEnd));
    const [first] = found;
    if (first === undefined || found.length > 1) {
      throw new Error(`${found.length} of ${type} *${idEnd}, among: ${Object.keys(this.byId(type)).join(', ')}`);
    }
    return first[1];
  }

  /** Types of the resources, sorted; where there are several of one, with their number: `aws_subnet 3`. */
  get types(): string[] {
    return Object.entries((this.json.resource ?? {}) as { [type: string]: object })
      .map(([type, blocks]) => (Object.keys(blocks).length === 1 ? type : `${type} ${Object.keys(blocks).length}`))
      .sort();
  }

  get outputs(): { readonly [name: string]: Block } {
    return (this.json.output ?? {}) as { [name: string]: Block };
  }

  /** A section such as `provider` or `terraform`. */
  section(name: string): unknown {
    return this.json[name];
  }

  /** The policy documents in the stack, trust policies too, by address and argument. */
  get policies(): { readonly [place: string]: PolicyDocument } {
    const blocks = (this.json.resource ?? {}) as { readonly [type: string]: { readonly [id: string]: Block } };
    return Object.fromEntries(
      Object.entries(blocks).flatMap(([type, ofType]) =>
        Object.entries(ofType).flatMap(([id, block]) =>
          ['policy', 'assume_role_policy']
            .filter((argument) => typeof block[argument] === 'string')
            .map((argument) => [`${type}.${id}.${argument}`, document(block[argument])] as const),
        ),
      ),
    );
  }
}

export interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: unknown;
}

/** A JSON document in an argument. */
export function document<Document = PolicyDocument>(argument: unknown): Document {
  return JSON.parse(String(argument));
}

/** The policy that a role's inline policy holds, by the ends of its id: `JobRole_Policy`. */
export function permissions(synthesis: Synthesis, idEnd: string): readonly PolicyStatement[] {
  return document(synthesis.one('aws_iam_role_policy', idEnd).policy).Statement;
}

/** A small job; `props` replace or add. */
export function job(props: Partial<BatchJobProps> = {}): BatchJobProps {
  return {
    container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } },
    resources: { cpu: 2, memory: 1800 },
    ...props,
  };
}

/** The stack of a config. */
export function jobsStack(
  jobs: { readonly [name: string]: BatchJobProps },
  more: Partial<BatchJobsConfig> = {},
): BatchJobsStack {
  const resources = Object.entries(jobs).map(([name, properties]) => [name, { type: 'batch-job', properties }]);
  const config = { stackName: 'reports', resources: Object.fromEntries(resources), ...more };
  return new BatchJobsStack(Testing.app(), parse(batchJobsConfig, config, 'test'));
}

/** The types of the resources made under a construct, sorted; where there are several of one, with their number. */
export function typesUnder(construct: IConstruct): string[] {
  const counts = new Map<string, number>();
  for (const { terraformResourceType: type } of resourcesUnder(construct))
    counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].map(([type, count]) => (count === 1 ? type : `${type} ${count}`)).sort();
}

/** The resources made under a construct. */
export function resourcesUnder(construct: IConstruct): TerraformResource[] {
  return construct.node.findAll().filter((node) => TerraformResource.isTerraformResource(node));
}

/** Somebody's empty stack with both providers. */
export function foreignStack(id = 'stack'): TerraformStack {
  const stack = new TerraformStack(Testing.app(), id);
  new AwsProvider(stack, 'provider');
  new ArchiveProvider(stack, 'archives');
  return stack;
}

const HASH = /_[0-9A-F]{8}\b/g;

function withoutHashes(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(HASH, '');
  if (Array.isArray(value)) return value.map(withoutHashes);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key]) => key !== '//')
    .map(([key, item]) => [key.replace(HASH, ''), withoutHashes(item)] as const);
  if (new Set(entries.map(([key]) => key)).size < entries.length) throw new Error('ids differ only in their hashes');
  return Object.fromEntries(entries);
}
