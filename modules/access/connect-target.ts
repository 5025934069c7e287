import type { ParamsOf, ResourceType } from '../config/resource-params';
import type { IngressRule } from './connection';
import type { Statement } from './policy';
import type { SecretReference } from './secret';

/** Types of resources that cannot be connected to, because they call jobs and are not called by them. */
export const NOT_CONNECTABLE = ['http-api-gateway', 'application-load-balancer'] as const;

/** Type of a resource that a job or a function can connect to. */
export type ConnectableType = Exclude<ResourceType, (typeof NOT_CONNECTABLE)[number]>;

/** A resource to connect to: one of this project's classes, or an object with the same attributes. */
export interface TargetOf<Type extends ConnectableType> {
  readonly type: Type;
  readonly arn: string;
  readonly params: { readonly [Param in ParamsOf<Type>]: string | undefined };
}

/** A database, inside or outside the network. */
interface DatabaseTarget<Type extends 'relational-database' | 'redis-cluster'> extends Omit<TargetOf<Type>, 'arn'> {
  /** @default unknown */
  readonly password?: SecretReference;
  /** @default everything that runs in the network can connect */
  readonly ingressRule?: IngressRule;
}

/** Targets with more attributes than an ARN. */
interface Extended {
  /** Defines its own connection. */
  existing: {
    readonly type: 'existing';
    readonly params: object;
    readonly variables: { readonly [param: string]: string };
    readonly secrets: { readonly [param: string]: SecretReference };
    readonly statements: readonly Statement[];
    readonly ingressRule?: IngressRule;
  };
  'relational-database': DatabaseTarget<'relational-database'>;
  'redis-cluster': DatabaseTarget<'redis-cluster'>;
  'batch-job': TargetOf<'batch-job'> & {
    /** Queues that the job's attempts are submitted to. */
    readonly queueArns: readonly string[];
  };
}

/** The target of each type. */
export type ConnectTargets = {
  readonly [Type in ConnectableType]: Type extends keyof Extended ? Extended[Type] : TargetOf<Type>;
};

/** A resource to connect to, of any type. */
export type ConnectTarget = ConnectTargets[ConnectableType];
