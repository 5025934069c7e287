/** When a schedule fires: as in a config. */
export interface Timing {
  readonly scheduleRate: string;
  /** @default UTC */
  readonly timezone?: string;
  readonly startDate?: string;
  readonly endDate?: string;
  readonly flexibleMinutes?: number;
}

/** The settings that limit the times of an expression. */
export type TimeLimits = Omit<Timing, 'scheduleRate' | 'flexibleMinutes'>;

/** Whether a schedule needs EventBridge Scheduler. EventBridge rules have only `rate(...)` and `cron(...)`, in UTC. */
export function usesScheduler({ scheduleRate, ...settings }: { readonly [Key in keyof Timing]?: unknown }): boolean {
  const { timezone, startDate, endDate, flexibleMinutes } = settings;
  const given = [timezone, startDate, endDate, flexibleMinutes].some((value) => value !== undefined);
  return given || (typeof scheduleRate === 'string' && scheduleRate.startsWith('at('));
}

/** The settings of a schedule as text: `cron(0 9 * * ? *) Europe/Berlin until 2026-12-31T00:00:00Z`. */
export function timingText({ scheduleRate, timezone, startDate, endDate, flexibleMinutes }: Timing): string {
  return [
    scheduleRate,
    ...(timezone === undefined ? [] : [timezone]),
    ...(startDate === undefined ? [] : [`from ${startDate}`]),
    ...(endDate === undefined ? [] : [`until ${endDate}`]),
    ...(flexibleMinutes === undefined ? [] : [`within ${flexibleMinutes} min`]),
  ].join(' ');
}
