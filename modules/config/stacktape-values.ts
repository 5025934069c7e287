import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { errorMessage } from '../problems/error-message';
import { foundValue } from '../problems/found';
import { directiveName, type Outcome, parseDirective } from './directive';
import { gitOutcome } from './git-directive';

/** What Stacktape's directives for values of the config and of files read. */
export interface ValueSources {
  readonly config: unknown;
  /** The section `variables` of the config. */
  readonly variables: unknown;
  /** Folder that the paths of files are relative to. */
  readonly baseDir: string;
}

/**
 * The value of `$Var()`, `$This()`, `$File('...')`, `$FileRaw('...')` or `$GitInfo('...')`, of which the directive can name a part.
 * Undefined for others.
 */
export function sourceOf(text: string, { config, variables, baseDir }: ValueSources): Outcome | undefined {
  switch (directiveName(text)) {
    case 'Var':
      return variables === undefined ? withoutVariables(text) : ownValue(text, variables);
    case 'This':
      return ownValue(text, config);
    case 'File':
    case 'FileRaw':
      return fileValue(text, baseDir);
    case 'GitInfo':
      return gitOutcome(text, baseDir);
    default:
      return undefined;
  }
}

function withoutVariables(text: string): Outcome {
  const found = foundValue(text, ', and the config has no variables');
  const accepted = 'a value in variables, at the top of the config';
  return { finding: { found, accepted, fix: 'add it to variables, or write the value itself' } };
}

/** The whole value is none that a property can have, and `$This()` would contain itself. */
function ownValue(text: string, value: unknown): Outcome {
  const { args, part } = parseDirective(text) ?? {};
  if (args?.length === 0 && part !== undefined) return { value };
  const form = `$${directiveName(text)}().<name>`;
  const named = args?.length === 1 ? form.replace('<name>', String(args[0])) : undefined;
  const fix = named === undefined ? `write the name of the value after it: ${form}` : `write ${named}`;
  return { finding: { found: foundValue(text), accepted: form, fix } };
}

/** Reads a file: its text, or the value that its format stands for. */
function fileValue(text: string, baseDir: string): Outcome {
  const name = directiveName(text);
  const { args: [path, ...more] = [] } = parseDirective(text) ?? {};
  const isData = name === 'File';
  const accepted = isData ? 'the path of a .json, .yml, .yaml, .ini or .env file' : 'the path of a file';
  if (typeof path !== 'string' || more.length > 0) {
    const form = `$${name}('<path>')`;
    return { finding: { found: foundValue(text), accepted: form, fix: `write ${form}` } };
  }
  const parse = isData ? parserOf(path) : (content: string) => content;
  if (parse === undefined) {
    const fix = 'use $FileRaw for its text, or add a directive with a function that parses it to directives';
    return { finding: { found: foundValue(text), accepted, fix } };
  }
  const file = resolve(baseDir, path);
  if (!existsSync(file) || !statSync(file).isFile()) {
    const fix = "create it; the path is relative to the config's folder";
    return { finding: { found: foundValue(text, `, and there is no file ${path}`), accepted, fix } };
  }
  try {
    return { value: parse(readFileSync(file, 'utf8')) };
  } catch (error) {
    return { finding: { found: foundValue(text, `: ${errorMessage(error)}`), accepted, fix: `correct ${path}` } };
  }
}

type Parser = (content: string) => unknown;

/** Of the names of files with variables, `.env` can be the whole name, its end, or its beginning: `.env.production`. */
function parserOf(path: string): Parser | undefined {
  return PARSERS[extname(path)] ?? (/(^|\.)env$|^\.env\./.test(basename(path)) ? variables : undefined);
}

const PARSERS: { readonly [ending: string]: Parser } = {
  '.json': (content) => JSON.parse(content),
  '.yml': yaml,
  '.yaml': yaml,
  '.ini': ini,
};

function yaml(content: string): unknown {
  return (require('yaml') as typeof import('yaml')).parse(content);
}

/** The package has no types. */
function ini(content: string): unknown {
  return (require('ini') as { parse: Parser }).parse(content);
}

function variables(content: string): unknown {
  return (require('dotenv') as { parse: Parser }).parse(content);
}
