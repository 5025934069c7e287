/** A console that was opened with the address that it printed. */
export interface OpenedConsole {
  /** Asks it for a path, as its page does. */
  readonly get: (path: string) => Promise<Response>;
}

/**
 * Waits until a console prints its address.
 *
 * @param output its standard output
 * @throws Error if the output ends before
 */
export async function printedAddress(output: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of output) {
    text += chunk;
    const [address] = /http:\S+(?=\n)/.exec(text) ?? [];
    if (address !== undefined) return address;
  }
  throw new Error(`The console has printed no address: ${text}`);
}

/** Opens a console with its printed address, as a browser does. */
export async function openConsole(address: string): Promise<OpenedConsole> {
  const entry = await fetch(address, { redirect: 'manual' });
  const cookie = entry.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { get: (path) => fetch(new URL(path, address), { headers: { cookie } }) };
}
