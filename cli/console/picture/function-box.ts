import { asObject } from '../../../modules/config/value-at';
import { counted } from '../../../modules/problems/phrases';
import type { ResourceOf } from '../../../modules/stack-config/resources';
import type { BandPicture, PictureItem } from '../../model/stack';
import { connectedItems } from './connected-boxes';
import { deadLetterItems } from './dead-letter-boxes';
import { eventItem } from './event-box';
import type { Painter } from './painter';
import { secondsText, settingsOf } from './settings';
import type { SynthesizedResource } from './stack-resources';

type Properties = NonNullable<ResourceOf<'function'>['properties']>;

/**
 * A function with what invokes it and what it uses. Undefined for an existing one, which the stack does not make.
 *
 * @param triggers paths of the constructs of its events, in the order of the config
 */
export function functionPicture(
  name: string,
  { properties: props, overrides = {} }: ResourceOf<'function'>,
  triggers: readonly string[],
  painter: Painter,
): BandPicture | undefined {
  if (props === undefined) return undefined;
  painter.shown.add(name);
  const all = painter.resources.under(name);
  const ofTriggers = new Set(triggers.flatMap((path) => painter.resources.under(path)));
  const made = all.filter((item) => !ofTriggers.has(item));
  const block = made.find(({ type }) => type === 'aws_lambda_function')?.block ?? {};
  const lines = linesOf(block, props, painter);
  const startedBy = [
    ...props.events.map((event, index) =>
      eventItem({ owner: name, event, index, path: triggers[index], batch: 'invocation' }, painter),
    ),
    ...addressItem(name, props, made, painter),
  ];
  const { events: _events, connectTo, iamRoleStatements: _own, ...settings } = props;
  return {
    item: painter.item({
      id: name,
      kind: 'function',
      title: name,
      detail: [{ text: ['function', ...lines].join(', ') }],
      settings: settingsOf({ ...settings, overrides }, painter.readable),
      costs: [{ withoutPrice: 'Costs nothing while nothing invokes it, except for stored logs and alarms.' }],
      made,
    }),
    name,
    lines,
    startedBy,
    runsOn: [lambdaItem(name, block, painter)],
    uses: [
      ...connectedItems({ owner: name, connectTo, policies: made.filter(isFunctions) }, painter),
      ...deadLetterItems(name, [...all, ...sourcesOf(startedBy, painter)], painter),
    ],
  };
}

/** Whether it is of the role of the function. */
function isFunctions({ path }: SynthesizedResource): boolean {
  return path.includes('/Function/Role/');
}

/** The resources that its events listen to, such as a queue with a dead-letter queue. */
function sourcesOf(startedBy: readonly PictureItem[], { resources }: Painter): SynthesizedResource[] {
  return startedBy.flatMap(({ addresses }) => addresses.flatMap((address) => resources.get(address) ?? []));
}

/** `1024 MiB, 10 s timeout`, `2 alarms`: from the function's resource, where `overrides` can have changed it. */
function linesOf(block: SynthesizedResource['block'], { alarms, memory, timeout }: Properties, painter: Painter) {
  const { readable } = painter;
  const seconds = block.timeout ?? timeout;
  const limit = typeof seconds === 'number' && seconds > 0 ? secondsText(seconds) : readable.argument(seconds);
  return [
    `${readable.argument(block.memory_size ?? memory)} MiB, ${limit} timeout`,
    ...(alarms.length === 0 ? [] : [counted(alarms.length, 'alarm')]),
  ];
}

/** `Lambda`, with the runtime and the processors. */
function lambdaItem(name: string, block: SynthesizedResource['block'], painter: Painter): PictureItem {
  const { runtime, architectures } = block;
  const [architecture] = [architectures].flat();
  const parts = [runtime, architecture].flatMap((part) =>
    part === undefined ? [] : [painter.readable.argument(part)],
  );
  const { subnet_ids: subnets } = asObject([block.vpc_config].flat()[0]);
  const text = [...parts, ...(subnets === undefined ? [] : ['in the VPC'])].join(', ');
  return painter.item({ id: `${name}/lambda`, kind: 'lambda', title: 'Lambda', detail: [{ text }], made: [] });
}

/** The HTTPS address of the function, if it has one. */
function addressItem(
  name: string,
  { url }: Properties,
  made: readonly SynthesizedResource[],
  painter: Painter,
): PictureItem[] {
  if (url?.enabled !== true) return [];
  const text = url.authMode === 'AWS_IAM' ? 'HTTPS, callers with permission' : 'HTTPS, without authorization';
  return [
    painter.item({
      id: `${name}/url`,
      kind: 'function-url',
      title: 'Function URL',
      detail: [{ text }],
      settings: settingsOf(url, painter.readable),
      made: made.filter(({ type }) => type === 'aws_lambda_function_url'),
    }),
  ];
}
