import { type CheckContext, refuse } from './checked';
import { formatFound } from './problem';

/** Parts of the reference that the schema knows and nothing builds yet. Each is refused by name rather than ignored. */
export function refuseUnsupported(props: { readonly [key: string]: unknown }, context: CheckContext): void {
  const packaging = child(child(props, 'container'), 'packaging');
  refuseType(context, packaging, ['container', 'packaging'], {
    supported: ['prebuilt-image', 'custom-dockerfile', 'stacktape-image-buildpack'],
    known: ['external-buildpack'],
    fix: 'write a Dockerfile and use custom-dockerfile',
  });
}

interface KnownTypes {
  readonly supported: readonly string[];
  readonly known: readonly string[];
  readonly fix: string;
}

function refuseType(context: CheckContext, value: unknown, path: (string | number)[], types: KnownTypes): void {
  const type = child(value, 'type');
  if (typeof type !== 'string' || !types.known.includes(type)) return;
  refuse(
    context,
    {
      found: formatFound(type),
      accepted: types.supported.join(', '),
      fix: `"${type}" is not supported yet: ${types.fix}`,
    },
    [...path, 'type'],
  );
}

function child(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as { [key: string]: unknown })[key] : undefined;
}
