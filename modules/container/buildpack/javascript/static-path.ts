import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AnyNode } from 'acorn';
import { type ModuleVariable, moduleVariableName } from './module-paths';
import { isMember, memberName, type Names } from './syntax';

/** A string or URL whose value is known without running the code. */
export interface StaticPath {
  readonly text: string;
  readonly type: 'string' | 'href' | 'url';
  /** Whether it depends on the path of the code. */
  readonly placed: boolean;
}

/** The file that the code is in. */
export interface SourceLocation {
  /** Absolute path. */
  readonly file: string;
  /** Path relative to `/app`. */
  readonly path: string;
  /** Absolute path of the folder that becomes `/app` in the image. */
  readonly root: string;
  /** Absolute path of the job's working folder, which is the folder of the config. */
  readonly start: string;
  readonly names: Names;
}

/** The absolute path of a file or folder. Undefined if the value is relative, or not a file URL. */
export function fileOf({ text, type }: StaticPath): string | undefined {
  if (type === 'string') return isAbsolute(text) ? text : undefined;
  return text.startsWith('file:') ? fileURLToPath(text) : undefined;
}

/** The value of an expression of the code's own path and string literals, such as `path.join(__dirname, 'a.html')`. */
export function staticPath(
  node: AnyNode | null | undefined,
  location: SourceLocation,
  depth = 0,
): StaticPath | undefined {
  if (!node || depth > 20) return undefined;
  const inner = (one: AnyNode | null | undefined) => staticPath(one, location, depth + 1);
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? { text: node.value, type: 'string', placed: false } : undefined;
    case 'TemplateLiteral': {
      const parts = node.quasis.flatMap(({ value: { cooked } }, index) => {
        const text: StaticPath = { text: cooked ?? '', type: 'string', placed: false };
        const expression = node.expressions[index];
        return expression === undefined ? [text] : [text, inner(expression)];
      });
      return joined(parts);
    }
    case 'BinaryExpression':
      return node.operator === '+' ? joined([inner(node.left), inner(node.right)]) : undefined;
    case 'Identifier':
      return ownPlace(node.name, location) ?? inner(location.names.values.get(node.name));
    case 'MemberExpression':
      return property(inner(node.object), memberName(node));
    case 'NewExpression': {
      const [path, base] = node.arguments.map(inner);
      return memberName(node.callee) === 'URL' ? url(path, base) : undefined;
    }
    case 'CallExpression':
      return called(node.callee, node.arguments.map(inner), location, inner);
    default:
      return undefined;
  }
}

function joined(parts: readonly (StaticPath | undefined)[]): StaticPath | undefined {
  const known = parts.filter((part) => part !== undefined);
  if (known.length < parts.length) return undefined;
  const placed = known.some((part) => part.placed);
  const text = known.map((part) => part.text).join('');
  return { text, type: text.startsWith('file:') ? 'href' : 'string', placed };
}

function ownPlace(name: string, { file, path }: SourceLocation): StaticPath | undefined {
  const values: { readonly [Kind in Exclude<ModuleVariable, 'main'>]: StaticPath } = {
    dirname: { text: dirname(file), type: 'string', placed: true },
    filename: { text: file, type: 'string', placed: true },
    url: { text: pathToFileURL(file).href, type: 'href', placed: true },
  };
  const kind = (Object.keys(values) as (keyof typeof values)[]).find((one) => moduleVariableName(one, path) === name);
  return kind && values[kind];
}

function property(value: StaticPath | undefined, name: string | undefined): StaticPath | undefined {
  if (value?.type !== 'url') return undefined;
  if (name === 'href') return { ...value, type: 'href' };
  return name === 'pathname' ? { ...value, text: new URL(value.text).pathname, type: 'string' } : undefined;
}

function url(path: StaticPath | undefined, base: StaticPath | undefined): StaticPath | undefined {
  if (path === undefined || !URL.canParse(path.text, base?.text)) return undefined;
  return { text: new URL(path.text, base?.text).href, type: 'url', placed: path.placed || base?.placed === true };
}

function called(
  callee: AnyNode,
  given: readonly (StaticPath | undefined)[],
  location: SourceLocation,
  inner: (node: AnyNode) => StaticPath | undefined,
): StaticPath | undefined {
  if (isMember(callee, 'process', 'cwd')) return { text: location.start, type: 'string', placed: true };
  const known = given.filter((one) => one !== undefined);
  const [first] = known;
  const name = memberName(callee);
  if (first === undefined || known.length < given.length) {
    const object = callee.type === 'MemberExpression' && name === 'toString' ? inner(callee.object) : undefined;
    return object?.type === 'url' ? { ...object, type: 'href' } : undefined;
  }
  const placed = known.some((one) => one.placed);
  const text = (value: string): StaticPath => ({ text: value, type: 'string', placed });
  if (isResolve(callee, location.names)) return ownFile(first, location, callee);
  const file = fileOf(first);
  switch (name) {
    case 'join':
      return text(join(...known.map((one) => one.text)));
    case 'resolve':
      return { ...text(resolve(location.start, ...known.map((one) => one.text))), placed: true };
    case 'dirname':
      return text(dirname(first.text));
    case 'normalize':
      return text(join(first.text));
    case 'String':
      return { ...first, type: first.type === 'url' ? 'href' : first.type };
    case 'fileURLToPath':
      return file === undefined ? undefined : text(file);
    case 'pathToFileURL':
      return file === undefined ? undefined : { text: pathToFileURL(file).href, type: 'url', placed };
    default:
      return undefined;
  }
}

/** Whether an expression is `import.meta.resolve`, or `require.resolve` of any `require`. */
export function isResolve(callee: AnyNode, { values }: Names): boolean {
  if (callee.type !== 'MemberExpression' || memberName(callee) !== 'resolve') return false;
  const { object } = callee;
  if (object.type !== 'Identifier') return object.type === 'MetaProperty';
  const value = values.get(object.name);
  return (
    object.name === 'require' || (value?.type === 'CallExpression' && memberName(value.callee) === 'createRequire')
  );
}

function ownFile({ text }: StaticPath, { file }: SourceLocation, callee: AnyNode): StaticPath | undefined {
  if (!/^\.{1,2}\//.test(text)) return undefined;
  const path = join(dirname(file), text);
  const isUrl = callee.type === 'MemberExpression' && callee.object.type === 'MetaProperty';
  return isUrl
    ? { text: pathToFileURL(path).href, type: 'href', placed: true }
    : { text: path, type: 'string', placed: true };
}
