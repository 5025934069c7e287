import { DASHBOARD_LIMITS } from '../../modules/dashboard/widgets';

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: { readonly [property: string]: unknown };
}

const PROPERTIES: {
  readonly [type: string]: { readonly required: readonly string[]; readonly optional: readonly string[] };
} = {
  text: { required: ['markdown'], optional: ['background'] },
  log: { required: ['query', 'region'], optional: ['title', 'view', 'stacked'] },
  metric: {
    required: ['metrics', 'region'],
    optional: ['title', 'view', 'stacked', 'stat', 'period', 'yAxis', 'legend'],
  },
};

const STATISTIC = /^(Average|Minimum|Maximum|Sum|SampleCount|p\d{1,2}(\.\d+)?)$/;
const OPTIONS = ['color', 'expression', 'id', 'label', 'period', 'region', 'stat', 'visible', 'yAxis'];

/**
 * What in a dashboard's body is against CloudWatch's rules, as AWS documents them.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function problemsOf(body: { readonly widgets: readonly Widget[] }): string[] {
  const { widgets } = body;
  const problems = widgets.flatMap((widget, index) =>
    [...widgetProblems(widget)].map((problem) => `${index}: ${problem}`),
  );
  const metrics = widgets.reduce((sum, widget) => sum + metricsOf(widget).filter(isStored).length, 0);
  if (metrics > DASHBOARD_LIMITS.metrics) problems.push(`${metrics} metrics`);
  if (widgets.length > DASHBOARD_LIMITS.widgets) problems.push(`${widgets.length} widgets`);
  widgets.forEach((one, index) => {
    if (widgets.slice(index + 1).some((other) => overlap(one, other))) problems.push(`${index} lies on another`);
  });
  return problems;
}

type Metric = readonly unknown[];

function metricsOf({ properties }: Widget): readonly Metric[] {
  return (properties.metrics ?? []) as readonly Metric[];
}

/** Whether it is a metric, and not an expression. */
function isStored(metric: Metric): boolean {
  return typeof metric[0] === 'string';
}

function* widgetProblems(widget: Widget): Generator<string> {
  const { type, x, y, width, height, properties } = widget;
  if (![x, y, width, height].every(Number.isInteger)) yield 'a place that is not of whole numbers';
  if (x < 0 || y < 0 || width < 1 || x + width > 24 || height < 1 || height > 1000) yield 'outside of the grid';
  const rule = PROPERTIES[type];
  if (rule === undefined) {
    yield `type ${type}`;
    return;
  }
  const { required, optional } = rule;
  for (const name of required) if (properties[name] === undefined) yield `no ${name}`;
  for (const name of Object.keys(properties)) if (![...required, ...optional].includes(name)) yield `property ${name}`;
  if (type !== 'metric') return;
  const { stat, period, view } = properties;
  if (typeof stat !== 'string' || !STATISTIC.test(stat)) yield `stat ${stat}`;
  if (typeof period !== 'number' || period % 60 !== 0) yield `period ${period}`;
  if (view !== 'timeSeries') yield `view ${view}`;
  const metrics = metricsOf(widget);
  if (metrics.length === 0) yield 'no metrics';
  if (metrics.filter(isStored).length > DASHBOARD_LIMITS.metricsPerWidget) yield `${metrics.length} metrics`;
  const ids = new Set<string>();
  for (const metric of metrics) yield* metricProblems(metric, ids);
}

function* metricProblems(metric: Metric, ids: Set<string>): Generator<string> {
  const last = metric.at(-1);
  const options = (typeof last === 'object' ? last : {}) as { readonly id?: string; readonly expression?: string };
  const names = metric.slice(0, typeof last === 'object' ? -1 : undefined);
  if (!names.every((name) => typeof name === 'string' && name !== '')) yield 'a name that is not a string';
  // Namespace and name, then dimensions in pairs.
  if (options.expression === undefined ? names.length < 2 || names.length % 2 !== 0 : names.length > 0) {
    yield `metric of ${names.length} names`;
  }
  for (const option of Object.keys(options)) if (!OPTIONS.includes(option)) yield `option ${option}`;
  const { id, expression } = options;
  if (expression !== undefined && expression.length > 1024) yield 'an expression that is too long';
  if (id === undefined) return;
  if (!/^[a-z]\w*$/.test(id)) yield `id ${id}`;
  if (ids.has(id)) yield `id ${id} twice`;
  ids.add(id);
}

function overlap(one: Widget, other: Widget): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}
