/** Why a run cannot have its items, however often it tries. Its name is the error of the execution, its message the cause. */
export class ItemsProblem extends Error {
  constructor(
    override readonly name: 'ItemsNotFound' | 'TooManyItems' | 'ManifestNotReadable' | 'EarlierRunNotFound',
    message: string,
  ) {
    super(message);
  }
}
