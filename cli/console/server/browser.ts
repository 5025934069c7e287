import { spawn } from 'node:child_process';
import { printMessage } from '../../command/terminal-lines';

/** Programs that open an address in the user's browser. The words of `start` begin with the window's title. */
const OPENERS: { readonly [platform: string]: readonly string[] } = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', '""'],
};

/** Opens an address in the user's browser. Without a browser, it says so: the address is printed anyway. */
export function openBrowser(address: string): void {
  const [program = '', ...words] = OPENERS[process.platform] ?? ['xdg-open'];
  const failed = () => printMessage(`Note: ${program} opened no browser. Open the address yourself.`);
  const child = spawn(program, [...words, address], { stdio: 'ignore', detached: true });
  child.once('error', failed).once('exit', (code) => {
    if (code !== 0) failed();
  });
  child.unref();
}
