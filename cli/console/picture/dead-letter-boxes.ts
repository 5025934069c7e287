import type { PictureItem } from '../../model/stack';
import { companionItem } from './companion-box';
import type { Painter } from './painter';
import { reference } from './readable';
import type { SynthesizedResource } from './stack-resources';

/** Arguments that name a queue for what could not be delivered. */
const ARGUMENTS: readonly string[] = ['dead_letter_config', 'destination_config', 'redrive_policy'];

/** A queue in an argument: a resource of the stack, or an ARN. */
const QUEUE = /\$\{aws_sqs_queue\.[^}]+\}|arn:[\w-]+:sqs:[^"\\]+/g;

/**
 * A box for each queue that gets what could not be delivered: that of the stack, those of the config, and existing ones.
 *
 * @param made the resources of the function, its triggers, and what they listen to
 */
export function deadLetterItems(owner: string, made: readonly SynthesizedResource[], painter: Painter): PictureItem[] {
  const found = new Set(made.flatMap(({ block }) => queuesIn(block)));
  const byId = new Map<string, PictureItem>();
  for (const queue of found) {
    const item = deadLetterItem(owner, queue, painter);
    byId.set(item.id, item);
  }
  return [...byId.values()];
}

function deadLetterItem(owner: string, queue: string, painter: Painter): PictureItem {
  const { config, resources, shown } = painter;
  const made = resources.get(reference(queue)?.address ?? '');
  const [name = ''] = made?.path.split('/') ?? [];
  const resource = config.resources[name];
  if (resource !== undefined && resource.type !== 'batch-job') {
    shown.add(name);
    const item = companionItem(`${owner}/dead-letters/${name}`, name, resource, painter);
    return { ...item, detail: [{ text: 'dead-letter queue' }] };
  }
  const isStacks = made?.path.startsWith('batch-platform/undelivered-events') === true;
  const title = isStacks ? 'Undelivered events' : (queue.split(':').at(-1) ?? queue);
  return painter.item({
    id: `${owner}/dead-letters/${isStacks ? '' : title}`,
    kind: 'dead-letter-queue',
    title,
    detail: [{ text: `${made === undefined ? 'existing ' : ''}dead-letter queue` }],
    made: made === undefined ? [] : [made],
    isShared: true,
  });
}

/** The queues in the arguments for them, at any depth. */
function queuesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(queuesIn);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    ARGUMENTS.includes(key) ? (JSON.stringify(inner).match(QUEUE) ?? []) : queuesIn(inner),
  );
}
