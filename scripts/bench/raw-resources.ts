import { readFileSync } from 'node:fs';
import { ArchiveProvider } from '@cdktf/provider-archive/lib/provider';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, LocalBackend, type TerraformElement, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { jobName, STACK_NAME } from './config';
import type { Blocks, TerraformJson } from './terraform-json';

/**
 * The floor of the benchmark, a separate program: the resources and data sources of our stack, each created with `new` and a class of the
 * provider, in one flat stack, with the same attributes and references. It loads no config, checks nothing, builds no documents, bundles no
 * code and creates no outputs.
 *
 * Reads our stack with one job, and creates that job's resources repeatedly under other names, like a hand-written loop.
 *
 * `node --import tsx scripts/bench/raw-resources.ts <cdk.tf.json of one job> <number of jobs>`; writes to CDKTF_OUTDIR.
 */

type Raw = TerraformElement & { getStringAttribute(name: string): string };
type RawClass = new (scope: Construct, id: string, config: object) => Raw;

/** A value in the stack with one job, as a template for any job. */
type Template<Value> = (job: string) => Value;

interface RawTemplate {
  readonly address: Template<string>;
  readonly id: Template<string>;
  readonly type: RawClass;
  readonly config: Template<unknown>;
}

const FIRST_JOB = jobName(1);

/** `${aws_iam_role.id.arn}` or `${data.aws_region.id.id}`. */
const REFERENCE = /\$\{((?:data\.)?\w+\.[\w-]+)\.(\w+)\}/;

const made = new Map<string, Raw>();

function makeRaw(stack: TerraformStack, template: RawTemplate, job: string): void {
  made.set(template.address(job), new template.type(stack, template.id(job), template.config(job) as object));
}

function existing(address: string): Raw {
  const raw = made.get(address);
  if (raw === undefined) throw new Error(`${address} is used before it is created.`);
  return raw;
}

/** Templates in an order in which each refers only to earlier ones, because a reference is an attribute of an object. */
function rawTemplates({ data, resource }: TerraformJson): Map<string, RawTemplate> {
  const blocks = new Map<string, Block>([...addressed('data.', data), ...addressed('', resource)]);
  const templates = new Map<string, RawTemplate>();
  const visit = (address: string) => {
    const block = blocks.get(address);
    if (block === undefined || templates.has(address)) return;
    for (const [, referred = ''] of JSON.stringify(block.attributes).matchAll(/((?:data\.)?\w+\.[\w-]+)/g)) {
      if (referred !== address) visit(referred);
    }
    const { prefix, type, id, attributes } = block;
    templates.set(address, {
      address: named(address),
      id: named(id),
      type: rawClass(prefix, type),
      config: config(attributes),
    });
  };
  for (const address of blocks.keys()) visit(address);
  return templates;
}

interface Block {
  /** `data.` or empty. */
  readonly prefix: string;
  readonly type: string;
  readonly id: string;
  readonly attributes: object;
}

function addressed(prefix: string, blocks: Blocks): [address: string, block: Block][] {
  return Object.entries(blocks).flatMap(([type, byId]) =>
    Object.entries(byId).map(([id, { '//': _, ...attributes }]): [string, Block] => {
      return [`${prefix}${type}.${id}`, { prefix, type, id, attributes }];
    }),
  );
}

function rawClass(prefix: string, type: string): RawClass {
  const [, provider, name = ''] = /^([a-z]+)_(\w+)$/.exec(type) ?? [];
  const file = `${prefix === '' ? '' : `data-${provider}-`}${name}`.replaceAll('_', '-');
  const path = `@cdktf/provider-${provider}/lib/${file}`;
  const exported: { readonly [name: string]: unknown } = require(path);
  const found = Object.values(exported).find(
    (item): item is RawClass => typeof item === 'function' && 'tfResourceType' in item,
  );
  if (found === undefined) throw new Error(`No class for ${type} in ${path}.`);
  return found;
}

/** Property names as in the classes. Keys of maps stay as they are: ours contain capitals, and no underscores before lower-case letters. */
function config(value: unknown): Template<unknown> {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) {
    const items = value.map(config);
    return (job) => items.map((item) => item(job));
  }
  if (value === null || typeof value !== 'object') return () => value;
  const entries = Object.entries(value).map(([key, item]) => {
    const name = key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    return [name, key === 'depends_on' ? dependencies(item) : config(item)] as const;
  });
  return (job) => Object.fromEntries(entries.map(([name, item]) => [name, item(job)]));
}

function dependencies(addresses: readonly string[]): Template<Raw[]> {
  const names = addresses.map(named);
  return (job) => names.map((name) => existing(name(job)));
}

/** A string that contains names and references, in pieces like those of a template literal. */
function text(whole: string): Template<string> {
  const pieces = whole.split(REFERENCE).map(named);
  if (pieces.length === 1) return named(whole);
  // Of three pieces, the first is a string, the second is an address, and the third is an attribute.
  return (job) =>
    pieces.reduce((sum, piece, index) => {
      if (index % 3 === 0) return sum + piece(job);
      return index % 3 === 1 ? sum : sum + existing(pieces[index - 1]?.(job) ?? '').getStringAttribute(piece(job));
    }, '');
}

function named(whole: string): Template<string> {
  const pieces = whole.split(FIRST_JOB);
  return pieces.length === 1 ? () => whole : (job) => pieces.join(job);
}

const [, , file = '', jobs = ''] = process.argv;
const templates = [...rawTemplates(JSON.parse(readFileSync(file, 'utf8')))];
const app = new App();
const stack = new TerraformStack(app, STACK_NAME);
new AwsProvider(stack, 'aws', { region: 'eu-west-1' });
new ArchiveProvider(stack, 'archive');
new LocalBackend(stack, { path: 'terraform.tfstate' });
const ofJob = templates.filter(([address]) => address.includes(FIRST_JOB)).map(([, template]) => template);
for (const [address, template] of templates) if (!address.includes(FIRST_JOB)) makeRaw(stack, template, '');
for (let number = 1; number <= Number(jobs); number++) {
  for (const template of ofJob) makeRaw(stack, template, jobName(number));
}
app.synth();
