import { Token, Tokenization } from 'cdktf';

/** A port as text: a CDKTF number token has a text form of its own. */
export function portText(port: number): string {
  return Token.isUnresolved(port) ? Tokenization.stringifyNumber(port) : String(port);
}
