import { Token, Tokenization } from 'cdktf';

/** A port as a string. A CDKTF number token has its own string form. */
export function portText(port: number): string {
  return Token.isUnresolved(port) ? Tokenization.stringifyNumber(port) : String(port);
}
