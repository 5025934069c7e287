import { isMap, isScalar, type Pair, parseDocument, type Scalar, type YAMLMap } from 'yaml';

/** Where a new member goes among those that an object has. */
export type Position = 'first' | 'last' | 'sorted';

type Member = Pair<Scalar<string>, { range: readonly [number, number, number] }>;

/**
 * The text of a JSON object with one member more. Everything else stays as it is written: order, indents, line ends, what stands on one line.
 *
 * @param path keys of the object in it that gets the member; objects that are missing are added at the end
 */
export function withMember(
  text: string,
  path: readonly string[],
  key: string,
  value: unknown,
  position: Position = 'last',
): string {
  const [parent, ...deeper] = path;
  const root = objectIn(text, []);
  if (parent !== undefined && objectIn(text, [parent]) === undefined) {
    const nested = [...deeper, key].reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
    return root === undefined ? text : inserted(text, root, parent, nested, 'last', 1);
  }
  const object = objectIn(text, path);
  return object === undefined ? text : inserted(text, object, key, value, position, path.length + 1);
}

/** The text of a JSON object with another value for a member that it has. */
export function withValue(text: string, path: readonly string[], key: string, value: unknown): string {
  const object = objectIn(text, path);
  const member =
    object &&
    membersOf(object)
      .filter((each) => each.key.value === key)
      .at(-1);
  if (member?.value == null) return text;
  const [start, end] = member.value.range;
  return text.slice(0, start) + JSON.stringify(value) + text.slice(end);
}

function objectIn(text: string, path: readonly string[]): YAMLMap | undefined {
  let node: unknown = parseDocument(text, { uniqueKeys: false }).contents;
  // Of two members of one name JSON takes the last.
  for (const key of path) {
    node = isMap(node)
      ? membersOf(node)
          .filter((member) => member.key.value === key)
          .at(-1)?.value
      : undefined;
  }
  return isMap(node) ? node : undefined;
}

function membersOf(object: YAMLMap): Member[] {
  return object.items.filter((pair): pair is Member => isScalar(pair.key) && pair.value !== null);
}

function inserted(
  text: string,
  object: YAMLMap,
  key: string,
  value: unknown,
  position: Position,
  depth: number,
): string {
  const [start = 0, end = 0] = object.range ?? [];
  const members = membersOf(object);
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const unit = indentOf(text);
  const [first] = members;
  // The white space between two members of this object, as it is before its first one.
  const gap = first === undefined ? `${lineEnd}${unit.repeat(depth)}` : text.slice(start + 1, keyStart(first));
  const isOnOneLine = first !== undefined && !gap.includes('\n');
  const written = JSON.stringify(value, undefined, isOnOneLine ? undefined : unit).replaceAll(
    '\n',
    `${lineEnd}${unit.repeat(depth)}`,
  );
  const member = `${JSON.stringify(key)}: ${written}`;
  if (first === undefined) {
    return `${text.slice(0, start)}{${gap}${member}${lineEnd}${unit.repeat(depth - 1)}}${text.slice(end)}`;
  }
  const next = successor(members, key, position);
  const space = isOnOneLine ? ' ' : gap;
  if (next !== undefined) return `${text.slice(0, keyStart(next))}${member},${space}${text.slice(keyStart(next))}`;
  const after = members.at(-1)?.value?.range[1] ?? end;
  return `${text.slice(0, after)},${space}${member}${text.slice(after)}`;
}

/** The member that a new one goes before; undefined if it is the last. */
function successor(members: readonly Member[], key: string, position: Position): Member | undefined {
  if (position === 'first') return members[0];
  return position === 'sorted' ? members.find((member) => member.key.value > key) : undefined;
}

function keyStart({ key }: Member): number {
  return key.range?.[0] ?? 0;
}

/** What a JSON text is indented by; two spaces if it has no second line. */
function indentOf(text: string): string {
  return /^[ \t]+(?=")/m.exec(text)?.[0] ?? '  ';
}
