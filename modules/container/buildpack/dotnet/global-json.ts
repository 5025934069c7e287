import { readFileSync } from 'node:fs';
import { formatFound } from '../../../problems/found';

/** The SDK that a global.json requires. */
export interface WantedSdk {
  readonly version: string;
  readonly rollForward: string;
}

/** The SDK in a global.json. Undefined if it has none or is not valid JSON. */
export function readGlobalJson(path: string): WantedSdk | undefined {
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  try {
    const { sdk } = JSON.parse(text.replace(/^\s*\/\/.*$/gm, '')) as {
      sdk?: { version?: string; rollForward?: string };
    };
    if (typeof sdk?.version !== 'string') return undefined;
    return { version: sdk.version, rollForward: sdk.rollForward ?? 'latestPatch' };
  } catch {
    return undefined;
  }
}

/**
 * Whether an SDK satisfies a global.json.
 *
 * @see https://learn.microsoft.com/en-us/dotnet/core/tools/global-json#rollforward
 */
export function accepts({ version, rollForward }: WantedSdk, sdk: string): boolean {
  const numbers = (text: string) => text.replace(/-.*/, '').split('.').map(Number);
  const [major = 0, minor = 0, patch = 0] = numbers(version);
  const [ownMajor = 0, ownMinor = 0, ownPatch = 0] = numbers(sdk);
  const band = (value: number) => Math.floor(value / 100);
  const difference = ownMajor - major || ownMinor - minor || ownPatch - patch;
  if (difference < 0) return false;
  const policy = rollForward.toLowerCase();
  if (policy === 'disable') return difference === 0;
  if (policy.endsWith('major')) return true;
  if (policy.endsWith('minor')) return ownMajor === major;
  if (policy.endsWith('feature')) return ownMajor === major && ownMinor === minor;
  return ownMajor === major && ownMinor === minor && band(ownPatch) === band(patch);
}

export function shown({ version, rollForward }: WantedSdk): string {
  return `a global.json that wants SDK ${formatFound(version)} with rollForward ${formatFound(rollForward)}`;
}
