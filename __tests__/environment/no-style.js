/** A style sheet that a component imports: a module without code. */
module.exports = { process: () => ({ code: '' }) };
