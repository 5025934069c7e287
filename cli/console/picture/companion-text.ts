import { asObject } from '../../../modules/config/value-at';
import { type CompanionConfig, companionOf } from '../../../modules/resources/registry';
import type { Text } from '../../model/stack';
import type { Readable } from './readable';
import type { SynthesizedResource } from './stack-resources';

/** What a job may do with a companion, in a word, by the actions of its role on it. */
export type Access = 'read and write' | 'read' | 'write' | undefined;

/** The line below a companion's name: `bucket, read and write`, `PostgreSQL, db.t4g.micro`. */
export function companionDetail(
  config: CompanionConfig,
  made: readonly SynthesizedResource[],
  access: Access,
  readable: Readable,
): Text[] {
  const isExisting = 'existing' in config && config.existing !== undefined;
  const parts = [
    `${isExisting ? 'existing ' : ''}${typeText(config, made)}`,
    ...sizes(made).map((size) => readable.text(size)),
    ...(access === undefined ? [] : [access]),
    ...invokedBy(config),
  ];
  return [{ text: parts.join(', ') }];
}

/** What invokes a function: `invoked by schedule, 2 × sqs`. */
function invokedBy(config: CompanionConfig): string[] {
  const { events } = asObject('properties' in config ? config.properties : undefined);
  if (config.type !== 'function' || !Array.isArray(events) || events.length === 0) return [];
  const counts = new Map<string, number>();
  for (const event of events) {
    const type = String(asObject(event).type);
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return [`invoked by ${[...counts].map(([type, count]) => (count === 1 ? type : `${count} × ${type}`)).join(', ')}`];
}

function typeText(config: CompanionConfig, made: readonly SynthesizedResource[]): string {
  if (config.type !== 'relational-database') return companionOf(config.type).noun;
  const given = config.properties?.engine.type ?? config.existing?.engine;
  const engine = made.find((item) => item.type === 'aws_db_instance')?.block.engine ?? given;
  return engine === 'mysql' ? 'MySQL' : engine === 'postgres' ? 'PostgreSQL' : 'database';
}

function sizes(made: readonly SynthesizedResource[]): string[] {
  return made.flatMap(({ type, block }) => {
    if (type === 'aws_db_instance')
      return [String(block.instance_class), ...(block.multi_az === true ? ['two zones'] : [])];
    if (type === 'aws_elasticache_replication_group') return [String(block.node_type)];
    if (type === 'aws_sqs_queue' && block.fifo_queue === true) return ['FIFO'];
    if (type === 'aws_sns_topic' && block.fifo_topic === true) return ['FIFO'];
    return [];
  });
}

const WRITES = /^(Put|Write|Delete|Update|Send|Publish|Purge|Create|Batch(Write)|Start|Invoke|Admin|Submit|\*)/;
const READS = /^(Get|Read|List|Receive|Query|Scan|Describe|Batch(Get)|\*)/;

/** Reading and writing by the names of actions. Undefined where the two words say nothing, such as for a queue that messages are sent to. */
export function accessOf(actions: readonly string[]): Access {
  const names = actions.map((action) => action.split(':')[1] ?? action);
  const reads = names.some((name) => READS.test(name));
  const writes = names.some((name) => WRITES.test(name));
  if (reads && writes) return 'read and write';
  return reads ? 'read' : writes ? 'write' : undefined;
}
