/** The event sources. Loaded when they are first asked for: their schemas need packages that the console's server starts without. */
export function sourceRegistry(): typeof import('../../triggers/registry') {
  return require('../../triggers/registry') as typeof import('../../triggers/registry');
}
