import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { z } from 'zod';
import { batchJobsConfig } from '../modules/stack-config/config';

const ROOT = join(__dirname, '..');

/** The JSON Schema for editors. A JSON config refers to it by `"$schema": "./batch-jobs.schema.json"`. */
export const SCHEMA_FILE = join(ROOT, 'batch-jobs.schema.json');

/** The parts of JSON Schema that zod writes, and that this script reads or changes. */
export interface SchemaNode {
  title?: string;
  description?: string;
  default?: unknown;
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string;
  readonly unit?: string;
  readonly pattern?: string;
  readonly properties?: { readonly [name: string]: SchemaNode };
  readonly required?: readonly string[];
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
}

/** A property of the schema, with its doc comment from the source of the zod schema. */
export interface DocumentedProperty {
  /** For example `vpc.subnetIds`. `[]` means the items of a list, `*` the values of a map. */
  readonly path: string;
  readonly node: SchemaNode;
  readonly required: boolean;
  /** The comment without its tags. Empty if there is none. */
  readonly text: string;
  /** The text of its `@default` tag. */
  readonly default?: string;
}

/** Sections that only a file can have: its loader reads them, and leaves them out of the config. Their types are not those of a config. */
const SECTIONS_OF_FILES: { readonly [name: string]: SchemaNode } = {
  serviceName: {
    type: 'string',
    description: 'Name of the stack, as Stacktape calls it. With the variable STAGE, its value follows.',
  },
  variables: { type: 'object', description: 'Values that `$Var().<name>` stands for.' },
  scripts: { type: 'object', description: 'Scripts of Stacktape. They have no effect here.' },
  hooks: { description: 'Hooks of Stacktape. They have no effect here: run the scripts before or after a deployment.' },
  stackConfig: {
    type: 'object',
    properties: {
      tags: { type: 'array', description: 'Tags of all resources of the stack.' },
      outputs: { type: 'array', description: 'Outputs of the stack. `export` has no effect here.' },
    },
    additionalProperties: false,
    description:
      'Settings of the stack, as Stacktape calls them. Use `tags` and `outputs` at the top of the config in new configs.',
  },
};

/** Adds descriptions, sections that only a file can have, and defaults that zod does not know, from the doc comments in the source. */
export function documentedSchema(schema: SchemaNode, properties: readonly DocumentedProperty[]): SchemaNode {
  schema.title = 'Config of a stack of batch jobs';
  for (const property of properties) document(property);
  if (schema.properties !== undefined) Object.assign(schema.properties, SECTIONS_OF_FILES);
  return schema;
}

/** The text of {@link SCHEMA_FILE}. */
export function format(schema: SchemaNode): string {
  const biome = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const command = [biome, 'format', `--stdin-file-path=${SCHEMA_FILE}`];
  const input = JSON.stringify(schema, null, 2);
  return execFileSync(process.execPath, command, { cwd: ROOT, input, encoding: 'utf8', maxBuffer: 2 ** 26 });
}

/** Cached, since the compiler takes seconds to find it. */
let known: ReturnType<typeof configType> | undefined;

/** The properties of a schema of the config, each with its doc comment. */
export function documentedProperties(schema: SchemaNode): DocumentedProperty[] {
  known ??= configType();
  const { checker, type } = known;
  return walk(schema, type, '');

  /** Types of zod's inputs are mapped from the schema's shape and keep the comments of its properties. */
  function walk(node: SchemaNode, type: ts.Type, path: string): DocumentedProperty[] {
    const branches = node.oneOf ?? node.anyOf;
    if (branches !== undefined) {
      return branches.flatMap((branch) => {
        const member = memberOf(type, branch);
        return member === undefined ? [] : walk(branch, member, path);
      });
    }
    const values = typeof node.additionalProperties === 'object' ? node.additionalProperties : undefined;
    return [
      ...Object.entries(node.properties ?? {}).flatMap(([name, property]) =>
        walkProperty(property, type, name, path, node.required?.includes(name) ?? false),
      ),
      ...walkElement(node.items, type, ts.IndexKind.Number, `${path}[]`),
      ...walkElement(values, type, ts.IndexKind.String, path === '' ? '*' : `${path}.*`),
    ];
  }

  function walkProperty(
    node: SchemaNode,
    owner: ts.Type,
    name: string,
    base: string,
    required: boolean,
  ): DocumentedProperty[] {
    const path = base === '' ? name : `${base}.${name}`;
    const symbol = checker.getPropertyOfType(owner, name);
    if (symbol === undefined) throw new Error(`${path} is in the schema, but not in the type of the config`);
    const text = ts.displayPartsToString(symbol.getDocumentationComment(checker));
    const tag = symbol.getJsDocTags(checker).find((item) => item.name === 'default');
    const inner = walk(node, checker.getNonNullableType(checker.getTypeOfSymbol(symbol)), path);
    return [{ path, node, required, text, default: tag && ts.displayPartsToString(tag.text) }, ...inner];
  }

  function walkElement(node: SchemaNode | undefined, owner: ts.Type, kind: ts.IndexKind, path: string) {
    const type = node === undefined ? undefined : checker.getIndexTypeOfType(owner, kind);
    return node === undefined || type === undefined ? [] : walk(node, type, path);
  }

  /** The member of a union type that a branch of the schema describes. Undefined for simple values, which have no properties. */
  function memberOf(union: ts.Type, branch: SchemaNode): ts.Type | undefined {
    const members = union.isUnion() ? union.types : [union];
    const discriminants = constants(branch.properties?.type);
    return members.find((member) => {
      if (branch.type === 'array') return checker.isArrayType(member);
      const isObject = (member.flags & ts.TypeFlags.Object) !== 0;
      if (branch.type !== 'object' || !isObject || checker.isArrayType(member)) return false;
      const type = checker.getPropertyOfType(member, 'type');
      if (discriminants.length === 0) return type === undefined;
      const literal = type && checker.getTypeOfSymbol(type);
      const literals = literal?.isUnion() ? literal.types : [literal];
      return literals.some((one) => one?.isStringLiteral() === true && discriminants.includes(one.value));
    });
  }
}

/** The values of a discriminant: a type can have other names. */
function constants(node: SchemaNode | undefined): readonly unknown[] {
  return node?.enum ?? (node?.const === undefined ? [] : [node.const]);
}

function document({ node, text, default: value }: DocumentedProperty): void {
  node.description = value === undefined ? text : `${text} Default: ${value}.`;
  const parsed = value === undefined ? undefined : jsonValue(value);
  if (parsed !== undefined && node.default === undefined) node.default = parsed;
}

/** The value of a string as JSON. Undefined for prose. */
function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The zod schema of a config file, in which the name of the stack can be missing. JSON Schema has no keyword for the unit of a number,
 * which the pages need.
 */
export function bareSchema({ units = false } = {}): SchemaNode {
  const { required = [], ...schema } = z.toJSONSchema(batchJobsConfig, { io: 'input' });
  const withoutUnits = (key: string, value: unknown) =>
    key === 'unit' && typeof value === 'string' ? undefined : value;
  const named = required.filter((name) => name !== 'stackName');
  const text = JSON.stringify({ ...schema, required: named }, units ? undefined : withoutUnits);
  // zod writes one definition for each property that accepts any JSON value. They are all the same.
  return JSON.parse(text.replace(/__schema\d+/g, 'json'));
}

function configType(): { checker: ts.TypeChecker; type: ts.Type } {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  const file = join(ROOT, 'modules', 'stack-config', 'config.ts');
  const program = ts.createProgram([file], { ...options, types: ['node'] });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  const alias = module && checker.getExportsOfModule(module).find(({ name }) => name === 'BatchJobsConfig');
  if (alias === undefined) throw new Error(`${file} has no type BatchJobsConfig`);
  return { checker, type: checker.getDeclaredTypeOfSymbol(alias) };
}

if (require.main === module) {
  const schema = bareSchema();
  writeFileSync(SCHEMA_FILE, format(documentedSchema(schema, documentedProperties(schema))));
}
