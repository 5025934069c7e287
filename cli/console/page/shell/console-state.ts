import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ConsoleState } from '../../../model/console';

export const ConsoleContext = createContext<ConsoleState | undefined>(undefined);

/** What every screen needs to know. Undefined until the server has answered. */
export function useConsole(): ConsoleState | undefined {
  return useContext(ConsoleContext);
}

/** Account as people read it: `1234-5678-9012`. */
export function accountText(account: string): string {
  return account.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3');
}
