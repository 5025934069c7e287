/** What to do about a problem: an instruction or a question. */
export type Fix = string | AcceptedFix;

/** A fix that asks for what is accepted. The problem's message says that already, so the report shows only the reason, if there is one. */
export class AcceptedFix {
  constructor(
    private readonly instruction: string,
    readonly reason?: string,
  ) {}

  toString(): string {
    return this.reason === undefined ? this.instruction : `${this.instruction}: ${this.reason}`;
  }

  toJSON(): string {
    return String(this);
  }
}

/** The fix for a missing value. */
export const ADD_IT = new AcceptedFix('add it: it is required');

/** The fix that asks to write what is accepted. */
export function writeAccepted(accepted: string): AcceptedFix {
  return new AcceptedFix(`write ${accepted}`);
}

/** The fix that asks to use what is accepted. */
export function useAccepted(accepted: string, reason?: string): AcceptedFix {
  return new AcceptedFix(`use ${accepted}`, reason);
}
