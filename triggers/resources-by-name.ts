import type { InstancesOf } from '../modules/resources/catalog';

/** The resources of a stack, for events whose properties refer to them. */
export interface ResourcesByName {
  /** The resource with a name. */
  get<Companion>(type: InstancesOf<Companion>, name: string): Companion;
  /** The resource with a name, else the one that an ARN's directive refers to, else an object with the ARN. */
  find<Companion>(
    type: InstancesOf<Companion>,
    name: string | undefined,
    arn: string | undefined,
  ): Companion | { readonly arn: string };
  /** The same value with a token for each string that is a directive as a whole. */
  resolve<Value>(value: Value): Value;
}
