import type { SendJob, SendTrigger } from '../../../model/send';

/** Which event is sent: a trigger's sample, one by hand, that of an earlier run, a file. */
export type Choice =
  | { readonly kind: 'trigger'; readonly trigger: SendTrigger }
  | { readonly kind: 'hand' }
  | { readonly kind: 'file' }
  | { readonly kind: 'run'; readonly id: string };

/** The choice that an address names. A trigger that is not there is the first one. */
export function choiceOf(job: SendJob, query: Readonly<Record<string, string>>): Choice {
  if (query.run) return { kind: 'run', id: query.run };
  if (query.type === 'hand' || query.type === 'file') return { kind: query.type };
  const [type, place = '1'] = query.type?.split(':') ?? [];
  const trigger = job.triggers.find((each) => each.type === type && String(each.place) === place) ?? job.triggers[0];
  return trigger === undefined ? { kind: 'hand' } : { kind: 'trigger', trigger };
}

/** `schedule`, `sqs:2`: as `--event-type` has it. */
export function triggerName({ type, place }: SendTrigger): string {
  return place === 1 ? type : `${type}:${place}`;
}

/** The choice in an address, and in the key of its draft. */
export function choiceQuery(choice: Choice): Readonly<Record<string, string>> {
  if (choice.kind === 'run') return { run: choice.id };
  return { type: choice.kind === 'trigger' ? triggerName(choice.trigger) : choice.kind };
}
