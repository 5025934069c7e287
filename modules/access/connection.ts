import type { Statement } from './policy';
import type { SecretReference } from './secret';

/** What somebody who connects to a resource gets: where it is, what opens it, and leave to use it. */
export interface Connection {
  /** Values by parameter, such as `name`; undefined where the resource has none. */
  readonly environment: { readonly [param: string]: string | undefined };
  /** Secret values by parameter, such as `password`. @default none */
  readonly secrets?: { readonly [param: string]: SecretReference };
  /** Each `Sid` is unique within the connection. */
  readonly statements: readonly Statement[];
  /** What keeps others out of a resource in the network. @default the resource is reached by permission alone */
  readonly firewall?: Firewall;
}

/** A resource in the network that takes connections from chosen security groups only. */
export interface Firewall {
  /** Unique within the Terraform stack, and the same at each synthesis: environments are told apart by it. */
  readonly key: string;
  /** The resource's own security group. */
  readonly securityGroupId: string;
  /** The port to open. */
  readonly port: number;
}
