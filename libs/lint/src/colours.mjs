const literal =
  /#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b|\b(?:rgba?|hsla?|hwb|oklch|oklab|lab|lch|color)\(\s*[\d.]/i;
const themePlace = /(^|\/)theme(\/|\.)|\.theme\.(ts|css)$/;

export const colourMessage =
  'A colour literal here is right in one colour scheme and wrong in the other, and no contrast test covers it. ' +
  'Give it a name in the theme folder and use the variable.';

/** True for the only files that may say a colour: those of the theme. @param {string} file */
export function isThemeFile(file) {
  return themePlace.test(file.replaceAll('\\', '/').replace(/^.*apps\/console\//, ''));
}

/** The first colour literal in a text, or null. `url(#id)` and `href="#…"` are addresses. @param {string} text */
export function colourIn(text) {
  const found = literal.exec(text.replace(/url\(\s*['"]?#[^)]*\)/gi, ''));
  return found ? found[0] : null;
}
