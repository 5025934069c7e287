import { z } from 'zod';
import { nonEmpty, numberIn, strict } from '../checked';

/** Starts the job by an HTTP request to a load balancer. */
export const applicationLoadBalancer = strict({
  /** Starts the job by an HTTP request to a load balancer. */
  type: z.literal('application-load-balancer'),
  /** Which requests: all conditions that are given must hold. */
  properties: strict({
    /** Name of the `application-load-balancer` of this config. */
    loadBalancerName: nonEmpty("the load balancer's name"),
    /** Port of the listener, needed if the load balancer has listeners of its own. @default the default listener */
    listenerPort: numberIn({ unit: 'port', min: 1, max: 65_535 }).optional(),
    /** Rules are tried from the lowest priority up; each of a listener's rules has another one, 1 to 50,000. */
    priority: numberIn({ unit: 'priority', min: 1, max: 50_000 }),
    /** Paths, `*` and `?` allowed. @default any */
    paths: z.array(nonEmpty('a path')).optional(),
    /** HTTP methods. @default any */
    methods: z.array(nonEmpty('a method')).optional(),
    /** Host names, `*` and `?` allowed. @default any */
    hosts: z.array(nonEmpty('a host name')).optional(),
    /** Headers and the values of which one must match. @default any */
    headers: z
      .array(
        strict({
          /** Name of the header, in any case. */
          headerName: nonEmpty('a name'),
          /** Values of which one must match, `*` and `?` allowed. */
          values: z.array(nonEmpty('a value')).min(1),
        }),
      )
      .optional(),
    /** Query parameters and the values of which one must match. @default any */
    queryParams: z
      .array(
        strict({
          /** Name of the parameter. */
          paramName: nonEmpty('a name'),
          /** Values of which one must match, `*` and `?` allowed. */
          values: z.array(nonEmpty('a value')).min(1),
        }),
      )
      .optional(),
    /** CIDR ranges of callers. @default any */
    sourceIps: z.array(nonEmpty('a CIDR range')).optional(),
  }),
});
