import { BundledProgram } from './bundled-program';

/** The `handler` setting of the items function: the bundle's file and its export. */
export const ITEMS_HANDLER = 'index.handler';

export const itemsProgram = new BundledProgram('items', 'modules/orchestration/items/handler.ts', 'node24');
