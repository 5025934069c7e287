import { type ConnectEntry, connectEntry } from '../../../modules/config/connect-to';
import type { PictureItem } from '../../model/stack';
import { companionItem } from './companion-box';
import { accessOf } from './companion-text';
import type { Painter } from './painter';
import { statementsOf } from './permissions';
import { reference } from './readable';
import type { SynthesizedResource } from './stack-resources';

/** The connections of a job or a function. */
interface Connected {
  /** Name of the job or function. */
  readonly owner: string;
  readonly connectTo: readonly ConnectEntry[];
  /** Resources that the role of its code is made of. They say what it may do with a companion. */
  readonly policies: readonly SynthesizedResource[];
}

/** A box for each resource that a job or a function is connected to. */
export function connectedItems({ owner, connectTo, policies }: Connected, painter: Painter): PictureItem[] {
  const names = new Set(connectTo.map((used) => connectEntry(used).name));
  return [...names].map((used) => connectedItem(`${owner}/uses/${used}`, used, policies, painter));
}

function connectedItem(
  id: string,
  used: string,
  policies: readonly SynthesizedResource[],
  painter: Painter,
): PictureItem {
  painter.shown.add(used);
  const resource = painter.config.resources[used];
  if (resource === undefined) {
    const detail = [{ text: 'mail' }];
    return painter.item({ id, kind: used, title: used === 'aws:ses' ? 'Amazon SES' : used, detail, made: [] });
  }
  if (resource.type === 'batch-job') {
    return painter.item({ id, kind: 'job', title: used, detail: [{ text: 'job of this stack' }], made: [] });
  }
  return companionItem(id, used, resource, painter, accessOf(actionsOn(used, policies, painter)));
}

/** Actions that the role allows on the resources of a companion. */
function actionsOn(companion: string, policies: readonly SynthesizedResource[], painter: Painter): string[] {
  const addresses = new Set(painter.resources.under(companion).map(({ address }) => address));
  return policies
    .filter(({ type }) => type.startsWith('aws_iam_'))
    .flatMap(({ block }) => statementsOf(block.policy) ?? [])
    .filter(({ Effect, Resource }) => {
      const named = [Resource].flat().map((arn) => reference(String(arn))?.address ?? '');
      return Effect !== 'Deny' && named.some((address) => addresses.has(address));
    })
    .flatMap(({ Action }) => [Action].flat().map(String));
}
