import type { PlanDocument } from '../../../cli/deploy/plan-document';
import { planSummary } from '../../../cli/deploy/plan-summary';
import { planText } from '../../../cli/deploy/plan-text';
import { stackOf } from '../../../cli/deploy/synthesized-stack';
import stackDocument from './plans/stack.json';

// `plans/` holds what Terraform 1.11 showed for a stack on an emulator, without what is not read: a job, a queue and its events were applied, then
// the config was changed in many ways at once.
export const stack = stackOf('reports', 'cdktf.out/stacks/reports', stackDocument);

/** What is said about a plan. */
export const textOf = (plan: PlanDocument, width = 80) => planText(planSummary(stack, plan), width);

/** A plan with one change. */
export const change = (address: string, actions: string[], values: object = {}): PlanDocument => ({
  resource_changes: [
    { address, mode: 'managed', type: address.split('.')[0] ?? '', change: { actions, before: values, after: values } },
  ],
});
