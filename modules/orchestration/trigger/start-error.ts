/** An event that started no job, with the service's reason. */
export class StartError extends Error {
  override readonly name = 'StartError';

  /**
   * @param code AWS's error code (`ThrottlingException`), Node's (`ECONNRESET`), or ours (`EventTooLarge`).
   * @param curable Whether the same request can succeed later.
   */
  constructor(
    readonly code: string,
    message: string,
    readonly curable: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
