/** Columns of a dashboard. */
const COLUMNS = 24;

/** What CloudWatch accepts: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html */
export const DASHBOARD_LIMITS = { widgets: 500, metricsPerWidget: 500, metrics: 2500 } as const;

/** How a line is shown. */
export interface LineOptions {
  readonly label?: string;
  /** Name of the metric in expressions. */
  readonly id?: string;
  /** @default true */
  readonly visible?: boolean;
  readonly yAxis?: 'left' | 'right';
}

/** A line of a graph: `[namespace, name, dimension, value, options]`, or an expression alone. */
export type Metric =
  | readonly [namespace: string, name: string, ...dimensions: string[], options: LineOptions]
  | readonly [expression: LineOptions & { readonly expression: string }];

/** A widget without its position. */
export type Widget = { readonly height: number } & (
  | { readonly type: 'text'; readonly properties: { readonly markdown: string } }
  | { readonly type: 'metric'; readonly properties: GraphProperties }
  | { readonly type: 'log'; readonly properties: TableProperties }
);

type GraphProperties = Omit<Required<Graph>, 'unit'> & {
  readonly view: 'timeSeries';
  readonly yAxis: { readonly left: { readonly min: number; readonly label: string; readonly showUnits: boolean } };
};

type TableProperties = {
  readonly title: string;
  readonly region: string;
  readonly view: 'table';
  readonly query: string;
};

/** A widget as the dashboard's body has it. */
export type PositionedWidget = Widget & { readonly x: number; readonly y: number; readonly width: number };

/** Positions rows of widgets below each other. The widgets of a row share its width. */
export function positioned(rows: readonly (readonly Widget[])[]): PositionedWidget[] {
  let y = 0;
  return rows.flatMap((row) => {
    const width = COLUMNS / row.length;
    const top = y;
    y += Math.max(...row.map(({ height }) => height));
    return row.map((widget, index) => {
      // The order of the properties is that of the body, which must not change.
      const position = { type: widget.type, x: index * width, y: top, width };
      return { ...position, ...widget };
    });
  });
}

export function text(markdown: string, height: number): Widget {
  return { type: 'text', height, properties: { markdown } };
}

/** Lines over time. */
export interface Graph {
  readonly title: string;
  readonly region: string;
  readonly metrics: readonly Metric[];
  /** Of the left axis. */
  readonly unit: string;
  readonly stat: string;
  /** Seconds that a point stands for. @default 300 */
  readonly period?: number;
  readonly stacked?: boolean;
}

export function graph({ title, region, metrics, unit, stat, period = 300, stacked = false }: Graph): Widget {
  const yAxis = { left: { min: 0, label: unit, showUnits: false } };
  return {
    type: 'metric',
    height: 6,
    properties: { title, region, view: 'timeSeries', stacked, stat, period, yAxis, metrics },
  };
}

/** A table of a CloudWatch Logs Insights query. */
export function table(title: string, region: string, logGroups: readonly string[], query: readonly string[]): Widget {
  const sources = logGroups.map((name) => `SOURCE '${name}'`);
  return {
    type: 'log',
    height: 6,
    properties: { title, region, view: 'table', query: [...sources, ...query].join(' | ') },
  };
}
