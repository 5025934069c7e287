import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { asObject } from '../../../orchestration/trigger/json';
import type { Finding } from '../../../problems/problem';

// The package has CommonJS code, but types for ES modules only.
const { parse }: typeof import('smol-toml', { with: { 'resolution-mode': 'import' }}) = require('smol-toml');

/** A TOML table. Integers are `bigint`, because 1 and 1.0 must give different hashes. */
export type Table = { readonly [key: string]: unknown };

/** The content of a TOML file or string, or the reason why it cannot be read. */
export function readToml(
  path: string,
  text = readFileSync(path, 'utf8'),
): { readonly table: Table } | { readonly problem: Finding } {
  try {
    return { table: parse(text.replace(/^\uFEFF/, ''), { integersAsBigInt: true }) };
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    const found = `${basename(path)}, which is not valid TOML: ${reason?.replace(/^Invalid TOML document: /, '')}`;
    const line = typeof error === 'object' && error !== null && 'line' in error ? ` in line ${error.line}` : '';
    return { problem: { found, accepted: 'a file in TOML', fix: `correct ${basename(path)}${line}` } };
  }
}

/** The table at the given keys. Empty if there is none. */
export function tableAt(value: unknown, ...keys: readonly string[]): Table {
  return keys.reduce<Table>((table, key) => asObject(table[key]) ?? {}, asObject(value) ?? {});
}

export function listAt(value: unknown, key: string): readonly unknown[] {
  const found = asObject(value)?.[key];
  return Array.isArray(found) ? found : [];
}

export function stringsAt(value: unknown, key: string): string[] {
  return listAt(value, key).filter((one) => typeof one === 'string');
}

export function textAt(value: unknown, key: string): string | undefined {
  const found = asObject(value)?.[key];
  return typeof found === 'string' ? found : undefined;
}

/** SHA-256 of a value as JSON in Python's format with sorted keys, as used in lockfiles of Python tools. */
export function jsonHash(value: unknown, separators: readonly [item: string, key: string] = [', ', ': ']): string {
  return createHash('sha256').update(pythonJson(value, separators)).digest('hex');
}

function pythonJson(value: unknown, separators: readonly [string, string]): string {
  const [item, key] = separators;
  if (Array.isArray(value)) return `[${value.map((one) => pythonJson(one, separators)).join(item)}]`;
  if (typeof value === 'string') return asciiJson(value);
  if (typeof value === 'number') return Number.isInteger(value) ? `${value}.0` : String(value);
  if (typeof value !== 'object' || value === null) return String(value ?? null);
  const entries = Object.entries(value).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return `{${entries.map(([name, one]) => `${asciiJson(name)}${key}${pythonJson(one, separators)}`).join(item)}}`;
}

function asciiJson(text: string): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, escaped);
}
