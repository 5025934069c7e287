import { parseResourceParam } from '../config/directive';
import { type IndexedConfig, listOf, objectOf } from '../config/indexed-config';
import { rule } from '../config/rule';
import { foundValue } from '../problems/found';
import { outputsOf, type ResourceOutput } from '../resources/referables';

/** The outputs that the config asks for. Other checks might have found problems in them. */
function ownOutputs({ config }: IndexedConfig) {
  return listOf(config.outputs).map((output, index) => {
    const { name, value } = objectOf(output);
    return { name, value, path: ['outputs', index] };
  });
}

/** Terraform accepts each name once, and the stack has outputs for its resources. One with the same value is the same. */
export const unusedOutputNames = rule('conflict', ownOutputs, function* (outputs, index) {
  if (outputs.length === 0) return;
  const names = new Map(
    [...index.resources.values()].flatMap(({ name, type, properties, existing }) =>
      existing === undefined
        ? outputsOf(name, type, properties).map((output) => [output.name, { ...output, name }])
        : [],
    ),
  );
  for (const { name, value, path } of outputs) {
    const used = names.get(String(name));
    if (used === undefined || isOf(used, value)) continue;
    const found = foundValue(name, `, which the stack outputs for "${used.name}"`);
    const accepted = 'a name that is not in use';
    const fix = `rename it: the stack outputs the ${used.param} of "${used.name}" by this name`;
    yield { path: [...path, 'name'], finding: { found, accepted, fix } };
  }
});

function isOf({ name, param }: ResourceOutput, value: unknown): boolean {
  const asked = typeof value === 'string' ? parseResourceParam(value) : undefined;
  return asked?.resource === name && asked.param === param;
}
