import type { ReachedService } from '../rules/endpoint-services';
import type { Statement } from './policy';
import type { SecretReference } from './secret';

/** What a connection to a resource provides: its address, credentials and permissions. */
export interface Connection {
  /** Values by parameter, such as `name`. Undefined if the resource doesn't have the parameter. */
  readonly environment: { readonly [param: string]: string | undefined };
  /** Secret values by parameter, such as `password`. @default none */
  readonly secrets?: { readonly [param: string]: SecretReference };
  /**
   * Values by parameter that are complete only with a secret, which `$(<param>)` in them stands for: `redis://:$(password)@cache:6379`. They
   * replace those in `environment` where the image's first program can put the secret in.
   *
   * @default none
   */
  readonly completed?: { readonly [param: string]: string };
  /** Each `Sid` is unique within the connection. */
  readonly statements: readonly Statement[];
  /** The rule that a resource in the network needs. @default access depends only on permissions */
  readonly ingressRule?: IngressRule;
}

/** A resource in the network that accepts connections only from selected security groups. */
export interface IngressRule {
  /** Unique within the Terraform stack, and the same at each synthesis. Compute environments are distinguished by it. */
  readonly key: string;
  /** The resource's security group. */
  readonly securityGroupId: string;
  /** The port to open. */
  readonly port: number;
}

/** A value without its secret, and with it. */
export interface CompletedValue {
  /** As in `environment`. */
  readonly value: string;
  /** The same, in which `$(<variable>)` stands for the secret of that variable. */
  readonly withSecret: string;
}

/** All connections of one job or function combined. */
export interface Connections {
  /** Sorted by name. */
  readonly environment: readonly (readonly [name: string, value: string])[];
  /** Sorted by name. */
  readonly secrets: readonly (readonly [name: string, secret: SecretReference])[];
  readonly completed: readonly CompletedValue[];
  /** Each `Sid` is unique. */
  readonly statements: readonly Statement[];
  readonly ingressRules: readonly IngressRule[];
  /** Services for which the VPC that the stack creates can have a free gateway. */
  readonly gatewayEndpoints: readonly ReachedService[];
}
