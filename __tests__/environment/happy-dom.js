/** Loads the browser of the page's tests: it has ES modules only, which a compiled `import()` can't load. */
module.exports = () => import('happy-dom');
