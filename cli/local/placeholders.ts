import { partitionOf } from '../../modules/rules/partitions';
import { type AttributeReference, attributeReference, filledTemplate } from '../../modules/terraform/template';
import type { DeployedStack } from './deployed-stack';
import { emulatedAttribute } from './emulator/attributes';
import { ACCOUNT } from './nobodys-account';

interface Blocks {
  readonly [type: string]: { readonly [id: string]: { readonly [attribute: string]: unknown } };
}

/** The parts of a synthesized stack that have its resources. */
export interface TerraformDocument {
  readonly resource?: Blocks;
  readonly data?: Blocks;
}

/** Region and account of a local run. */
export interface AwsEnvironment {
  readonly region: string;
  readonly account: string;
}

/** Values of data sources about the caller, by type and attribute. */
function callerAttributes({ region, account }: AwsEnvironment): { readonly [name: string]: string } {
  return {
    'aws_partition.partition': partitionOf(region),
    'aws_region.id': region,
    'aws_region.name': region,
    'aws_region.region': region,
    'aws_caller_identity.account_id': account,
  };
}

/**
 * Evaluates strings of a Terraform document as far as the document allows. What only AWS knows becomes a readable placeholder, such as
 * `<aws_s3_bucket.uploads.arn>`.
 */
export class Placeholders {
  /** Expressions that became placeholders. */
  readonly unknown = new Set<string>();
  private readonly known: { readonly [name: string]: string };

  /**
   * @param deployed what is known of the stack's deployment. @default nothing
   * @param endpoint of an emulator that has the stack's resources. @default there is none
   */
  constructor(
    private readonly document: TerraformDocument,
    private readonly environment: AwsEnvironment,
    private readonly deployed?: DeployedStack,
    private readonly endpoint?: string,
  ) {
    this.known = callerAttributes(environment);
  }

  /** Addresses of the resources of a type. */
  addresses(type: string): string[] {
    return Object.keys(this.document.resource?.[type] ?? {}).map((id) => `${type}.${id}`);
  }

  /** The same value with all strings in it evaluated, except keys. */
  fill<T>(value: T): T {
    return this.filled(value) as T;
  }

  text(template: string, depth = 0): string {
    return filledTemplate(template, (expression) => this.value(expression, depth));
  }

  private filled(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((item) => this.filled(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.filled(item)]));
  }

  private value(expression: string, depth: number): string {
    const reference = attributeReference(expression);
    const known = reference && this.attribute(reference, depth);
    if (known === undefined) this.unknown.add(expression);
    return known ?? `<${expression}>`;
  }

  private attribute({ isData, type, id, address, path }: AttributeReference, depth: number): string | undefined {
    const [attribute, ...rest] = path;
    const deployed = this.deployed?.attribute(address, path);
    if (deployed !== undefined) return deployed;
    if (isData) return this.known[`${type}.${attribute}`] ?? this.secretArn(type, id, attribute);
    if (rest.length > 0) return undefined;
    const given = this.document.resource?.[type]?.[id]?.[attribute];
    // The depth ends references in a circle, which Terraform reports.
    if (typeof given === 'string' && depth < 10) return this.text(given, depth + 1);
    return this.emulated(type, id, attribute, depth);
  }

  /** Value of an attribute in an emulator, in which resources have the names from the config. */
  private emulated(type: string, id: string, attribute: string, depth: number): string | undefined {
    const given = this.document.resource?.[type]?.[id];
    if (this.endpoint === undefined || given === undefined || depth >= 10) return undefined;
    const argument = (name: string) => {
      const value = given[name];
      return typeof value === 'string' ? this.text(value, depth + 1) : undefined;
    };
    return emulatedAttribute(type, attribute, argument, { ...this.environment, endpoint: this.endpoint });
  }

  /** ARN of a secret that is looked up by its name. The placeholder account marks that it hasn't been looked up. */
  private secretArn(type: string, id: string, attribute: string): string | undefined {
    if (type !== 'aws_secretsmanager_secret' || attribute !== 'arn') return undefined;
    const { name } = this.document.data?.[type]?.[id] ?? {};
    return typeof name === 'string'
      ? `arn:${this.known['aws_partition.partition']}:secretsmanager:${this.known['aws_region.id']}:${ACCOUNT}:secret:${name}`
      : undefined;
  }
}
