declare module 'asl-validator' {
  /** Checks a definition in the Amazon States Language. Writes defaults into the definition it is given. */
  function validate(definition: unknown): { readonly isValid: boolean; readonly errorsText: () => string };
  export = validate;
}
