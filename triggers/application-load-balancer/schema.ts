import { isIP } from 'node:net';
import { z } from 'zod';
import {
  across,
  type CheckContext,
  isToken,
  nonEmpty,
  numberIn,
  refuse,
  strict,
  text,
  type Unchecked,
} from '../../modules/config/checked';
import { isIpRange } from '../../modules/config/ip-range';
import type { ByName, Written, WrittenProperties } from '../../modules/config/written';
import { foundValue } from '../../modules/problems/found';
import { MAX_PORT } from '../../modules/rules/ports';

/** Maximum number of values, and of wildcards, in the conditions of one rule: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const MOST_PER_RULE = 5;

const IP_RANGE = 'a range such as 203.0.113.0/24 or 2001:db8::/32';

const value = text({
  pattern: /^.{1,128}$/su,
  accepted: 'a string of 1 to 128 characters',
  fix: 'shorten it, with * for any characters',
});

const ipRange = z.string({ error: () => IP_RANGE }).check((context) => {
  const { value } = context;
  if (isToken(value) || isIpRange(value)) return;
  const version = isIP(value);
  const fix = version === 0 ? 'write a range such as 203.0.113.0/24' : `write ${value}/${version === 4 ? 32 : 128}`;
  refuse(context, { found: foundValue(value), accepted: IP_RANGE, fix });
});

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html */
const conditions = {
  /** Paths, one of which must match. `*` and `?` are wildcards. Case-sensitive. @default any */
  paths: z
    .array(
      text({
        pattern: /^[/*?][\w.$/~"'@:+&*?-]{0,127}$/,
        accepted: `a path of up to 128 letters, digits and _-.$/~"'@:+&*?, starting with a slash or wildcard`,
        fix: (found) => (/^[\w-]/.test(found) ? `write /${found}` : 'write a path such as /jobs/*'),
      }),
    )
    .min(1)
    .optional(),
  /** HTTP methods, one of which must match. @default any */
  methods: z
    .array(
      text({
        pattern: /^[A-Z_-]{1,40}$/,
        accepted: 'a method of up to 40 uppercase letters, - and _, without wildcards',
        fix: (found) => (/^[a-zA-Z_-]+$/.test(found) ? `write ${found.toUpperCase()}` : 'write a method such as POST'),
      }),
    )
    .min(1)
    .optional(),
  /** Host names, one of which must match. `*` and `?` are wildcards. Case-insensitive. @default any */
  hosts: z
    .array(
      text({
        pattern: /^(?=.{1,128}$)[a-zA-Z0-9.*?-]*\.[a-zA-Z*?]+$/,
        accepted: 'a host name of up to 128 letters, digits and .-*? with a dot in it',
        fix: (found) =>
          /^https?:/.test(found) ? 'remove the scheme and the path' : 'write a host such as *.example.com',
      }),
    )
    .min(1)
    .optional(),
  /** Headers, each of which must have one of its values. @default any */
  headers: z
    .array(
      strict({
        /** Name of the header, up to 40 characters, without wildcards. Case-insensitive. */
        headerName: text({
          pattern: /^(?!host$)[\w!#$%&'+.^`|~-]{1,40}$/i,
          accepted: 'a header name of up to 40 characters, without wildcards',
          fix: (found) => (/^host$/i.test(found) ? 'use hosts' : 'write a name such as X-Tenant'),
        }),
        /** Values, one of which must match, up to 128 characters. `*` and `?` are wildcards. Case-insensitive. */
        values: z.array(value).min(1),
      }),
    )
    .min(1)
    .optional(),
  /** Query parameters, each of which must have one of its values. @default any */
  queryParams: z
    .array(
      strict({
        /** Name of the parameter. `*` and `?` are wildcards. Case-insensitive. */
        paramName: value,
        /** Values, one of which must match, up to 128 characters. `*` and `?` are wildcards. Case-insensitive. */
        values: z.array(value).min(1),
      }),
    )
    .min(1)
    .optional(),
  /** Address ranges of callers, one of which must match: IPv4 or IPv6, in CIDR notation. @default any */
  sourceIps: z.array(ipRange).min(1).optional(),
};

/** Maximum priority of a rule. */
export const MOST_PRIORITY = 50_000;

/** What is accepted instead of a priority that is taken. */
export const OWN_PRIORITY = 'a different priority for each rule of a listener';

const settings = {
  /** Priority of the rule, unique for a listener. Lower numbers are evaluated first. */
  priority: numberIn({ min: 1, max: MOST_PRIORITY }),
  ...conditions,
  /** Sends all values of each header and query parameter, as `multiValueHeaders` and `multiValueQueryStringParameters` instead of `headers` and `queryStringParameters`. Must be the same for all rules of a job on one load balancer. @default false */
  multiValueHeaders: z.boolean().optional(),
};

/** Settings that a config and the trigger construct have in common. */
export const loadBalancerSettings = across(strict(settings), checkConditions);

/** Starts one run for each HTTP request to a load balancer. */
export const applicationLoadBalancer = strict({
  /** Starts one run for each HTTP request to a load balancer. */
  type: z.literal('application-load-balancer'),
  /** Which listener, and which of its requests: at least one condition, and at most 5 values and 5 wildcards in total. */
  properties: across(
    strict({
      /** Name of the `application-load-balancer` of this config. */
      loadBalancerName: nonEmpty("the load balancer's name"),
      /** Port of the listener. Required if the load balancer has `listeners`, and not allowed otherwise. @default the one listener */
      listenerPort: numberIn({ min: 1, max: MAX_PORT, shapes: 'which listener gets the rule' }).optional(),
      ...settings,
    }),
    checkConditions,
  ),
});

function checkConditions(value: Unchecked<typeof settings>, context: CheckContext): void {
  const names = Object.keys(conditions) as (keyof typeof conditions)[];
  if (names.every((name) => value[name] === undefined)) {
    const fix = "add paths: ['/*'] to match every request";
    refuse(context, { found: 'none of them', accepted: `at least one of ${names.join(', ')}`, fix });
    return;
  }
  const named = [...pairs(value.headers, 'headerName'), ...pairs(value.queryParams, 'paramName')];
  const values = [value.paths, value.methods, value.hosts, value.sourceIps, ...named.map((pair) => pair.values)]
    .filter(Array.isArray)
    .flat();
  const accepted = `up to ${MOST_PER_RULE} values and ${MOST_PER_RULE} wildcards in all conditions together`;
  const fix = 'split them into several events with different priorities';
  if (values.length > MOST_PER_RULE) refuse(context, { found: `${values.length} values`, accepted, fix });
  const wildcards = [...values, ...pairs(value.queryParams, 'paramName').map(({ name }) => name)]
    .filter((text) => typeof text === 'string')
    .join('')
    .replace(/[^*?]/g, '').length;
  if (wildcards > MOST_PER_RULE) refuse(context, { found: `${wildcards} wildcards`, accepted, fix });
}

function pairs(list: unknown, key: string): { name: unknown; values: unknown }[] {
  if (!Array.isArray(list)) return [];
  return list.map((item) => ({ name: item?.[key], values: item?.values }));
}

export interface ApplicationLoadBalancerEventProperties
  extends WrittenProperties<typeof applicationLoadBalancer>,
    ByName {}
/** Such an event as written in a config. */
export interface ApplicationLoadBalancerEvent extends Written<z.input<typeof applicationLoadBalancer>> {
  readonly properties: ApplicationLoadBalancerEventProperties;
}
