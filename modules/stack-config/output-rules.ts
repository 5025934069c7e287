import { type IndexedConfig, listOf, objectOf } from '../config/indexed-config';
import { rule } from '../config/rule';
import { foundValue } from '../problems/found';
import { outputsOf } from '../resources/referables';

/** The outputs that the config asks for. Other checks might have found problems in them. */
function ownOutputs({ config }: IndexedConfig) {
  return listOf(config.outputs).map((output, index) => ({ name: objectOf(output).name, path: ['outputs', index] }));
}

/** Terraform accepts each name once, and the stack has outputs for its resources. */
export const unusedOutputNames = rule('conflict', ownOutputs, function* (outputs, index) {
  if (outputs.length === 0) return;
  const names = new Map(
    [...index.resources.values()].flatMap(({ name, type, properties, existing }) =>
      existing === undefined
        ? outputsOf(name, type, properties).map((output) => [output.name, { ...output, name }])
        : [],
    ),
  );
  for (const { name, path } of outputs) {
    const used = names.get(String(name));
    if (used === undefined) continue;
    const found = foundValue(name, `, which the stack outputs for "${used.name}"`);
    const accepted = 'a name that is not in use';
    const fix = `rename it, or remove it: the stack outputs the ${used.param} of "${used.name}" already`;
    yield { path: [...path, 'name'], finding: { found, accepted, fix } };
  }
});
