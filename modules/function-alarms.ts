import type { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';
import { z } from 'zod';
import { type AlarmOwner, createAlarm } from './alarms/alarm';
import { type AlarmTarget, topicsOf } from './alarms/topics';
import { isObject, topicFindings } from './alarms/wanted';
import { parse } from './config/parse';
import { type ComparisonOperator, type FunctionAlarm, functionAlarms, STATISTICS } from './resources/function/alarms';
import { NAME_LIMITS, physicalName } from './rules/naming';
import { literal } from './terraform/literal';

/** An alarm of a function. */
export type FunctionAlarmProps = Omit<z.input<typeof functionAlarms>[number], 'notificationTargets'> & {
  /** Topics that get a message when the alarm is triggered and when it is over. One topic or a list of up to 5. @default none */
  readonly notificationTargets?: AlarmTarget | readonly AlarmTarget[];
};

/** What alarms need to know of their function. */
export interface AlarmedFunction extends AlarmOwner {
  /** The name in the config. */
  readonly name: string;
  /** The name in AWS. */
  readonly functionName: string;
}

/**
 * The alarms of a function. An alarm is called as what it measures, and those of the same kind are numbered, so that a change of its
 * settings replaces none.
 *
 * @throws ConfigError with all problems of the alarms
 */
export function createFunctionAlarms(
  scope: Construct,
  given: readonly FunctionAlarmProps[],
  owner: AlarmedFunction,
): CloudwatchMetricAlarm[] {
  const alarms = checkedAlarms(given, scope.node.path);
  const within = new Construct(scope, 'Alarms');
  return alarms.map((alarm, index) => {
    const { type } = alarm.trigger;
    const before = alarms.slice(0, index).filter(({ trigger }) => trigger.type === type).length;
    const number = before === 0 ? '' : `${before + 1}`;
    const { id, name } = KINDS[type];
    const { stackName, name: functionName } = owner;
    const parts = [stackName, functionName, ...(number === '' ? [name] : [name, number])];
    const config = {
      ...measure(alarm, owner),
      alarmName: physicalName(NAME_LIMITS.alarm, ...parts),
      threshold: thresholdOf(alarm),
      comparisonOperator: alarm.trigger.properties.comparisonOperator,
      evaluationPeriods: alarm.evaluation.evaluationPeriods,
      datapointsToAlarm: alarm.evaluation.breachedPeriods,
    };
    return createAlarm(within, `${id}${number}`, config, topicsOf(given[index]?.notificationTargets), owner);
  });
}

const KINDS = {
  'lambda-error-rate': { id: 'ErrorRate', name: 'error-rate' },
  'lambda-duration': { id: 'Duration', name: 'duration' },
} as const;

/** The alarms with their defaults. Their topics are objects, which are checked separately. */
/**
 * Alarms with their defaults.
 *
 * @param path of their function, for error messages
 * @throws ConfigError with all problems of the alarms
 */
export function checkedAlarms(given: readonly FunctionAlarmProps[], path: string): FunctionAlarm[] {
  const settings = given.map((alarm) => (isObject(alarm) ? { ...alarm, notificationTargets: [] } : alarm));
  const known = given.flatMap((alarm, index) =>
    isObject(alarm) && alarm.notificationTargets !== undefined
      ? topicFindings(alarm.notificationTargets, ['alarms', index, 'notificationTargets'])
      : [],
  );
  return parse(z.object({ alarms: functionAlarms }), { alarms: settings }, path, { known }).alarms;
}

function thresholdOf({ trigger }: FunctionAlarm): number {
  return trigger.type === 'lambda-error-rate'
    ? trigger.properties.thresholdPercent
    : trigger.properties.thresholdMilliseconds;
}

/** What is measured: of all versions of the function. */
function measure(alarm: FunctionAlarm, { name, stackName, functionName }: AlarmedFunction) {
  const { trigger, evaluation, description } = alarm;
  const { period } = evaluation;
  const metric = { namespace: 'AWS/Lambda', dimensions: { FunctionName: functionName }, period };
  const described = (what: string) => ({
    alarmDescription: literal(description ?? `${what} ${periods(evaluation)}`),
  });
  const compared = `${COMPARED[trigger.properties.comparisonOperator]} ${thresholdOf(alarm)}`;
  if (trigger.type === 'lambda-error-rate') {
    return {
      ...described(`${compared}% of the invocations of ${name} (${stackName}) failed`),
      metricQuery: [
        { id: 'rate', expression: '100 * errors / invocations', label: 'Failed invocations (%)', returnData: true },
        ...['Errors', 'Invocations'].map((metricName) => ({
          id: metricName.toLowerCase(),
          metric: { ...metric, metricName, stat: 'Sum' },
        })),
      ],
    };
  }
  const { statistic } = trigger.properties;
  return {
    ...described(`The duration (${statistic}) of ${name} (${stackName}) was ${compared.toLowerCase()} milliseconds`),
    ...metric,
    metricName: 'Duration',
    ...(statistic.startsWith('p') ? { extendedStatistic: statistic } : { statistic: STATISTICS[statistic] }),
  };
}

const COMPARED: { readonly [operator in ComparisonOperator]: string } = {
  GreaterThanThreshold: 'More than',
  GreaterThanOrEqualToThreshold: 'At least',
  LessThanThreshold: 'Less than',
  LessThanOrEqualToThreshold: 'At most',
};

function periods({ period, evaluationPeriods, breachedPeriods = evaluationPeriods }: FunctionAlarm['evaluation']) {
  if (evaluationPeriods === 1) return `in ${period} seconds`;
  return `in ${breachedPeriods} of ${evaluationPeriods} periods of ${period} seconds`;
}
