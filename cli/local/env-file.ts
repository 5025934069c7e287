import { readFileSync } from 'node:fs';
import { errorMessage } from '../../modules/problems/error-message';
import { UsageError } from '../command/usage-error';
import { givenText } from './text-file';

/** A variable of a file. */
export interface FileVariable {
  readonly name: string;
  readonly value: string;
  /** `.env:3` */
  readonly place: string;
}

/** `NAME=` at a line's beginning, as `node --env-file` and Docker Compose read it. */
const NAME = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=[ \t]*/;
const QUOTED = /^(["'`])/;

/**
 * The variables of a file: the syntax of `node --env-file`, without what that would leave out or read in another way than Docker Compose does.
 *
 * A line is `NAME=value`, also after `export`. Empty lines and those that begin with `#` don't count. A value in single or double quotes or in
 * backticks can have several lines; in double quotes `\n` is a line break. A value without quotes ends with its line, or before ` #`. Nothing
 * is expanded: `$HOME` stays as it is.
 *
 * @throws UsageError if the file can't be read, or a line has another form
 */
export function envFile(file: string): { readonly variables: FileVariable[]; readonly note?: string } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new UsageError(`--env-file cannot be read: ${errorMessage(error)}`);
  }
  const { text, note } = givenText(bytes, file);
  return { variables: fileVariables(text, file), ...(note !== undefined && { note }) };
}

export function fileVariables(text: string, file: string): FileVariable[] {
  const variables: FileVariable[] = [];
  const lines = text.split(/\r\n|\r|\n/);
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (/^\s*(#|$)/.test(line)) continue;
    const place = `${file}:${index + 1}`;
    const [head = '', name = ''] = NAME.exec(line) ?? [];
    if (name === '') throw new UsageError(`${place} is not NAME=value. Found "${start(line)}".`);
    const earlier = variables.find((variable) => variable.name === name);
    if (earlier !== undefined) throw new UsageError(`${place} sets ${name} again, after ${earlier.place}. Remove one.`);
    const rest = line.slice(head.length);
    const [, quote] = QUOTED.exec(rest) ?? [];
    if (quote === undefined) {
      variables.push({ name, value: bareValue(rest, place, name), place });
      continue;
    }
    let quoted = rest.slice(1);
    while (!quoted.includes(quote)) {
      index++;
      if (index >= lines.length) throw new UsageError(`${place}: the value of ${name} has no closing ${quote}.`);
      quoted += `\n${lines[index]}`;
    }
    const end = quoted.indexOf(quote);
    const after = quoted.slice(end + 1).trim();
    if (after !== '' && !after.startsWith('#')) {
      throw new UsageError(`${place}: text follows the closing ${quote} of ${name}: "${start(after)}".`);
    }
    const value = quoted.slice(0, end);
    variables.push({ name, value: quote === '"' ? value.replaceAll('\\n', '\n') : value, place });
  }
  return variables;
}

/** A value without quotes. Programs disagree about `a#b`, so that it needs quotes. */
function bareValue(text: string, place: string, name: string): string {
  const [value = ''] = text.split(/(?:^|\s)#/);
  if (value.includes('#')) throw new UsageError(`${place}: the value of ${name} has a "#". Put the value in quotes.`);
  return value.trim();
}

function start(text: string): string {
  const trimmed = text.trim();
  // It may be a secret.
  return trimmed.length > 12 ? `${trimmed.slice(0, 12)}…` : trimmed;
}
