import { types } from 'node:util';
import { Token } from 'cdktf';
import { errorMessage } from '../problems/error-message';
import { formatFound, foundName, foundText, foundValue } from '../problems/found';
import { formatCount } from '../problems/phrases';
import { type Finding, formatPath, type LocatedFinding } from '../problems/problem';
import { numberProblem } from './number-text';

/** A number, boolean or null in a file whose notation JavaScript would print differently: `0123`, `1.10`, `True`, `~`. */
export class Spelled {
  constructor(
    readonly value: number | boolean | null,
    readonly text: string,
  ) {}
}

/** A copy of a value that consists of plain data only. A program's value is read only once, here. */
export interface PlainData {
  /** Parts that are no data are null or missing. */
  readonly value: unknown;
  readonly findings: readonly LocatedFinding[];
  /** The notation in the file of values that JavaScript would print differently. */
  readonly texts: readonly ScalarText[];
  /** Numbers with a problem and without a notation in a file, see {@link numberProblem}. */
  readonly numbers: readonly ScalarText[];
}

/** A number, boolean or null, with its path and its notation in the file. */
export interface ScalarText {
  readonly path: readonly PropertyKey[];
  readonly text?: string;
}

type Path = readonly PropertyKey[];

/** Maximum depth of lists and objects. A deeper value would exhaust the stack of recursive functions. */
const MAX_DEPTH = 200;
/** Maximum number of values. Objects that share parts can expand to billions of values. */
const MAX_VALUES = 1_000_000;

/**
 * Reads a value from any program. Cycles, promises, functions, dates, getters that throw, class instances and numbers that JavaScript
 * can't represent become findings. CDKTF tokens stay as they are.
 */
export function plainData(value: unknown): PlainData {
  const reader = new Reader();
  const { findings, texts, numbers } = reader;
  return { value: reader.read(value, []), findings, texts, numbers };
}

class Reader {
  readonly findings: LocatedFinding[] = [];
  readonly texts: ScalarText[] = [];
  readonly numbers: ScalarText[] = [];
  /** The objects around the current value, each with its path. */
  private readonly above = new Map<object, Path>();
  private count = 0;

  read(value: unknown, path: Path): unknown {
    this.count += 1;
    if (value !== undefined && isTransform(path)) return this.refuse(path, TRANSFORM);
    if (this.count === MAX_VALUES) this.refuse(path, TOO_MANY);
    if (this.count >= MAX_VALUES) return null;
    switch (typeof value) {
      case 'number':
        if (numberProblem(value) !== undefined) this.numbers.push({ path });
        return value;
      case 'bigint':
        return this.refuse(path, {
          found: foundText(`${value}n`),
          accepted: 'a number or a string',
          fix: `write "${value}", in quotes`,
        });
      case 'symbol':
        return this.refuse(path, {
          found: foundValue(value),
          accepted: DATA,
          fix: 'write a string instead of the symbol',
        });
      case 'function':
        return this.refuse(path, functionFinding(value));
      case 'object':
        return value === null ? null : this.readObject(value, path);
      default:
        return value;
    }
  }

  /** A proxy or getter can throw at each access. */
  private readObject(value: object, path: Path): unknown {
    try {
      if (value instanceof Spelled) return this.readSpelled(value, path);
      // A name that Stacktape's package has not set yet has a method resolve, as a token of CDKTF.
      if (isOfStacktape(value)) return this.refuse(path, { ...IN_DEFINE_CONFIG, found: instanceOf(value) });
      if (Token.isUnresolved(value)) return value;
      const problem = this.position(value, path) ?? kindProblem(value);
      if (problem !== undefined) return this.refuse(path, problem);
      this.above.set(value, path);
      try {
        return Array.isArray(value) ? this.readList(value, path) : this.readProperties(value, path);
      } finally {
        this.above.delete(value);
      }
    } catch (error) {
      return this.refuse(path, unreadable(error));
    }
  }

  private readSpelled({ value, text }: Spelled, path: Path): unknown {
    this.texts.push({ path, text });
    return value;
  }

  private position(value: object, path: Path): Finding | undefined {
    const outer = this.above.get(value);
    if (outer !== undefined) {
      const shown = outer.length === 0 ? 'the whole config' : formatPath(outer);
      return {
        found: `${shown}, which contains it`,
        accepted: 'a value that does not contain itself',
        fix: `remove it, or write a copy of the parts that you need from ${shown}`,
      };
    }
    if (path.length < MAX_DEPTH) return undefined;
    return {
      found: 'more levels',
      accepted: `up to ${MAX_DEPTH} levels of lists and objects`,
      fix: 'nest it less deeply',
    };
  }

  private readList(list: readonly unknown[], path: Path): unknown[] {
    return Array.from({ length: Math.min(list.length, MAX_VALUES) }, (_, index) =>
      this.readPart(() => list[index], [...path, index]),
    );
  }

  private readProperties(value: object, path: Path): object {
    for (const symbol of Object.getOwnPropertySymbols(value)) {
      if (symbol === Symbol.toStringTag) continue;
      this.refuse([...path, symbol], {
        found: 'a symbol as a name',
        accepted: 'strings as names',
        fix: 'write a string',
      });
    }
    const copy: [string, unknown][] = [];
    for (const key of Object.keys(value)) {
      if (key === '__proto__') this.refuse([...path, key], PROTO);
      else copy.push([key, this.readPart(() => Reflect.get(value, key), [...path, key])]);
    }
    return Object.fromEntries(copy);
  }

  private readPart(get: () => unknown, path: Path): unknown {
    let part: unknown;
    try {
      part = get();
    } catch (error) {
      return this.refuse(path, unreadable(error));
    }
    return this.read(part, path);
  }

  /** Returns null, so that checks of several properties see the property as set. */
  private refuse(path: Path, finding: Finding): null {
    this.findings.push({ path, finding });
    return null;
  }
}

const DATA = 'a string, number, true, false, list or plain object';

const TOO_MANY: Finding = {
  found: `more than ${formatCount(MAX_VALUES)} values`,
  accepted: 'fewer',
  fix: 'split the config, or look for an object that is repeated many times',
};

const PROTO: Finding = {
  found: foundName('__proto__'),
  accepted: 'any other name',
  fix: 'rename it: JavaScript reserves __proto__',
};

function functionFinding(value: unknown): Finding {
  const isClass = /^class\b/.test(Function.prototype.toString.call(value));
  if (isClass) return { found: 'a class', accepted: 'a plain object', fix: 'write an object with the same properties' };
  return { found: foundValue(value), accepted: DATA, fix: 'call it, and use the result' };
}

/** Names of JavaScript's built-in objects, and what to write instead in a config. */
function kindProblem(value: object): Finding | undefined {
  if (Array.isArray(value)) return undefined;
  if (types.isPromise(value)) {
    return {
      found: 'a promise',
      accepted: DATA,
      fix: 'await it. If await is not possible, export the promise of an async function',
    };
  }
  if (types.isDate(value)) {
    const text = Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    return { found: `the Date ${text}`, accepted: 'a string', fix: `write "${text}", or call toISOString()` };
  }
  if (types.isMap(value)) return { found: 'a Map', accepted: 'a plain object', fix: 'write Object.fromEntries(map)' };
  if (types.isSet(value)) return { found: 'a Set', accepted: 'a list', fix: 'write [...set]' };
  if (types.isBoxedPrimitive(value)) {
    return { found: foundText('a value in an object'), accepted: DATA, fix: 'remove new, or call valueOf()' };
  }
  return prototypeProblem(value);
}

/** Objects of another realm have a different Object.prototype, but also without a prototype above it. */
function prototypeProblem(value: object): Finding | undefined {
  const prototype: object | null = Object.getPrototypeOf(value);
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return undefined;
  if (!Object.hasOwn(prototype, 'constructor')) {
    return {
      found: `an object that inherits ${formatFound(Object.keys(prototype))}`,
      accepted: 'a plain object',
      fix: 'rename __proto__, or write { ...base, ...own } instead of Object.create(base)',
    };
  }
  return {
    found: instanceOf(value),
    accepted: DATA,
    fix: 'write a plain object: { ...instance } has the same properties',
  };
}

function instanceOf(value: object): string {
  const { name } = value.constructor;
  return name === '' ? 'an instance of a class' : `an instance of ${name}`;
}

const IN_DEFINE_CONFIG = {
  accepted: DATA,
  fix: "export the config by Stacktape's function: export default defineConfig(() => ({ resources }))",
};

/** What Stacktape's package marks objects with that are no resources: packaging and events, alarms, and references to resources. */
const MARKS = ['isBaseTypeProperties', 'isAlarm', 'isResourceParamRef', 'isDeferredResourceName'].map((mark) =>
  Symbol.for(`stacktape:${mark}`),
);

/** Whether a value is of a class of Stacktape's package. Its function `defineConfig` makes plain data of these. */
function isOfStacktape(value: object): boolean {
  const isResource = Object.hasOwn(value, '_type') && Object.hasOwn(value, '_properties');
  return isResource || MARKS.some((mark) => mark in value);
}

/** Whether a value consists of functions of a Stacktape config that change its CloudFormation template. */
function isTransform([section, , property, ...inside]: Path): boolean {
  if (section === 'finalTransform') return property === undefined;
  return section === 'resources' && property === 'transforms' && inside.length === 0;
}

const TRANSFORM: Finding = {
  found: 'functions that change a template of CloudFormation',
  accepted: 'attributes of Terraform, in overrides',
  fix: 'remove it, and set attributes of Terraform in overrides',
};

function unreadable(error: unknown): Finding {
  return {
    found: foundText(`a value that cannot be read: ${errorMessage(error)}`),
    accepted: DATA,
    fix: 'correct the getter or proxy, or write the value itself',
  };
}
