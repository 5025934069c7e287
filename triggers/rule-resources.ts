/** The resources of an EventBridge rule that invokes the job's function. */
export const RULE = [
  ['Rule', 'cloudwatch-event-rule'],
  ['Target', 'cloudwatch-event-target'],
] as const;
