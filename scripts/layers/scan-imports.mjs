/** @typedef {{ specifier: string, line: number }} Import */

const STATIC =
  /(?:^|[;}\n])\s*(?:import|export)\b(?:[\w\s{},*$]|"[^"\n]*"(?=\s+as\b))*?\bfrom\s*(["'])(?<specifier>[^"'\n]+)\1/g;
const SIDE_EFFECT = /(?:^|[;}\n])\s*import\s*(["'])(?<specifier>[^"'\n]+)\1/g;
const CALL = /(?<![.\w$])(?:import|require)\s*\(\s*(["'`])(?<specifier>[^"'`\n]+)\1/g;
const MODULE_CALL =
  /\b(?:import\.meta\.resolve|vi\.(?:mock|doMock|importActual|importMock))\s*(?:<[^>]*>)?\(\s*(["'`])(?<specifier>[^"'`\n]+)\1/g;

/**
 * Finds every module that a source file names: static, dynamic, type and re-exporting imports, `require`, and module mocks.
 *
 * @param {string} source TypeScript or JavaScript, JSX included.
 * @returns {Import[]} In the order of the file.
 */
export function scanImports(source) {
  const code = blankComments(source);
  return [STATIC, SIDE_EFFECT, CALL, MODULE_CALL]
    .flatMap((pattern) => [...code.matchAll(pattern)])
    .map((match) => {
      const specifier = match.groups?.['specifier'] ?? '';
      return { specifier, at: match.index + match[0].lastIndexOf(specifier) };
    })
    .sort((a, b) => a.at - b.at)
    .map(({ specifier, at }) => ({ specifier, line: code.slice(0, at).split('\n').length }));
}

/**
 * Replaces comments by spaces, so that offsets and lines stay. Strings are recognized only to leave a `//` within them alone.
 * A quote opens a string to the end of its line at most: an apostrophe in JSX text must not hide the rest of the file.
 */
const TOKEN =
  /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?\*\/)|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`|(?<=(?:^|[=(,:[!&|?{};\n]|return)\s*)\/(?![*/])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//g;

/** @param {string} source */
function blankComments(source) {
  return source.replaceAll(TOKEN, (token, ...rest) => {
    const { comment } = /** @type {{ comment?: string }} */ (rest.at(-1));
    return comment === undefined ? token : token.replaceAll(/[^\n]/g, ' ');
  });
}
