import { type AnyNode, type CallExpression, type Node, type Program, parse } from 'acorn';

/** Parses JavaScript, as an ES module or as a script. */
export function parsed(code: string): Program {
  const options = { ecmaVersion: 'latest', allowHashBang: true, allowReturnOutsideFunction: true } as const;
  try {
    return parse(code, { ...options, sourceType: 'module' });
  } catch {
    return parse(code, { ...options, sourceType: 'script' });
  }
}

/**
 * Visits each node, the outer ones first.
 *
 * @param visit gets a node and its ancestors, the nearest last, and returns whether to visit its children
 */
export function walk(node: Node, visit: (node: AnyNode, around: readonly AnyNode[]) => boolean): void {
  const around: AnyNode[] = [];
  const enter = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) enter(one);
    else if (isNode(value)) {
      if (!visit(value, around)) return;
      around.push(value);
      for (const child of Object.values(value)) if (typeof child === 'object') enter(child);
      around.pop();
    }
  };
  enter(node);
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The values and modules that names refer to, as far as they are known without running the code. */
export interface Names {
  /** The only value that a name is set to. */
  readonly values: ReadonlyMap<string, AnyNode>;
  /** The import that a name is bound to. */
  readonly imports: ReadonlyMap<string, Imported>;
}

export interface Imported {
  /** The specifier without `node:`. */
  readonly module: string;
  /** Name of the export, or `*` for the whole module. */
  readonly name: string;
}

/** The names that a file gives to values and imports. Names that are set more than once are left out. */
export function namesOf(program: Program): Names {
  const values = new Map<string, AnyNode>();
  const imports = new Map<string, Imported>();
  const seen = new Map<string, number>();
  const bind = (pattern: unknown): void => {
    walkPattern(pattern, (name) => seen.set(name, (seen.get(name) ?? 0) + 1));
  };
  walk(program, (node) => {
    if (node.type === 'VariableDeclarator') {
      bind(node.id);
      const module = node.init && requiredModule(node.init);
      if (node.id.type === 'Identifier') {
        if (module) imports.set(node.id.name, { module, name: '*' });
        else if (node.init) values.set(node.id.name, node.init);
      } else if (node.id.type === 'ObjectPattern' && module) {
        for (const one of node.id.properties) {
          if (one.type === 'Property' && one.key.type === 'Identifier' && one.value.type === 'Identifier')
            imports.set(one.value.name, { module, name: one.key.name });
        }
      }
    } else if (node.type === 'ImportDeclaration') {
      const module = moduleName(String(node.source.value));
      for (const one of node.specifiers) {
        bind(one.local);
        const imported = one.type === 'ImportSpecifier' && one.imported.type === 'Identifier' && one.imported.name;
        imports.set(one.local.name, { module, name: imported || '*' });
      }
    } else if (
      node.type === 'FunctionDeclaration' ||
      node.type === 'FunctionExpression' ||
      node.type === 'ArrowFunctionExpression'
    ) {
      bind(node.params);
      if (node.type === 'FunctionDeclaration') bind(node.id);
    } else if (node.type === 'AssignmentExpression') bind(node.left);
    else if (node.type === 'CatchClause') bind(node.param);
    return true;
  });
  for (const [name, count] of seen) {
    if (count > 1) {
      values.delete(name);
      imports.delete(name);
    }
  }
  return { values, imports };
}

function walkPattern(pattern: unknown, found: (name: string) => void): void {
  if (Array.isArray(pattern)) for (const one of pattern) walkPattern(one, found);
  else if (!isNode(pattern)) return;
  else if (pattern.type === 'Identifier') found(pattern.name);
  else if (pattern.type === 'ObjectPattern') for (const one of pattern.properties) walkPattern(one, found);
  else if (pattern.type === 'Property') walkPattern(pattern.value, found);
  else if (pattern.type === 'ArrayPattern') walkPattern(pattern.elements, found);
  else if (pattern.type === 'AssignmentPattern') walkPattern(pattern.left, found);
  else if (pattern.type === 'RestElement') walkPattern(pattern.argument, found);
}

/** The module that `require('x')` or `await import('x')` loads. */
function requiredModule(node: AnyNode): string | undefined {
  if (node.type === 'AwaitExpression') return requiredModule(node.argument);
  if (node.type === 'ImportExpression')
    return node.source.type === 'Literal' ? moduleName(String(node.source.value)) : undefined;
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'require')
    return undefined;
  const [path] = node.arguments;
  return path?.type === 'Literal' && typeof path.value === 'string' ? moduleName(path.value) : undefined;
}

function moduleName(specifier: string): string {
  return specifier.replace(/^node:/, '');
}

/** The export that is called or constructed, as in `fork()`, `child_process.fork()` or `new Worker()`. */
export function originOf(callee: AnyNode, { imports }: Names): Imported | undefined {
  if (callee.type === 'Identifier') return imports.get(callee.name);
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return undefined;
  const from = imports.get(callee.object.name);
  const name = memberName(callee);
  return from === undefined || name === undefined || (from.name !== '*' && from.name !== 'default')
    ? undefined
    : { module: from.module, name };
}

/** The name of an identifier, or the one after the last dot of a member expression. */
export function memberName(node: AnyNode): string | undefined {
  if (node.type === 'Identifier') return node.name;
  return node.type === 'MemberExpression' && !node.computed && node.property.type === 'Identifier'
    ? node.property.name
    : undefined;
}

/** Whether code is `a.b`. */
export function isMember(node: AnyNode, object: string, property: string): boolean {
  return (
    node.type === 'MemberExpression' &&
    node.object.type === 'Identifier' &&
    node.object.name === object &&
    memberName(node) === property
  );
}

/** The first argument of a call or `new`. */
export function firstArgument({ arguments: [first] }: Pick<CallExpression, 'arguments'>): AnyNode | undefined {
  return first;
}
