import { operatorPolicy, type PolicyDocument, type PolicyKind } from '../../../../cli/operate/info/policy';
import type { BatchJobsConfig } from '../../../../modules/stack-config/config';
import { job } from '../../../synthesis';
import { deployed } from './deployment';

export type Resources = BatchJobsConfig['resources'];

export const ACCOUNT = 'eu-west-1:123456789012';
export const report = { type: 'batch-job', properties: job() } as const;

export function jobs(count: number): Resources {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`importOfOrders${index}`, report]));
}

export function policyOf(resources: Resources, kind: PolicyKind = 'read', region?: string): PolicyDocument {
  return operatorPolicy(deployed({ resources }, region), kind);
}

export function resourcesOf(policy: PolicyDocument, action: string): readonly string[] {
  return policy.Statement.filter((statement) => statement.Action.includes(action)).flatMap(({ Resource }) => Resource);
}

export function actionsOf({ Statement }: PolicyDocument): string[] {
  return Statement.flatMap(({ Action }) => Action).sort();
}
