/** Letters of other scripts that look like Latin ones, and figures that look like letters. */
const looksLike: Readonly<Record<string, string>> = {
  ...{ а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', у: 'y', х: 'x', і: 'i', ј: 'j', ѕ: 's', ԁ: 'd', һ: 'h', ԛ: 'q', ԝ: 'w' },
  ...{ к: 'k', м: 'm', т: 't', в: 'b', н: 'h', α: 'a', ο: 'o', ρ: 'p', ν: 'v', υ: 'u', ι: 'i', κ: 'k', τ: 't', χ: 'x' },
  ...{ '0': 'o', '1': 'l', i: 'l', '|': 'l', ı: 'l', '5': 's' },
};

/**
 * What a reader, or a model, takes a tool's name for: case, marks, separators, invisible characters and letters that look alike
 * make no difference. Two names with the same skeleton can be taken for each other.
 */
export function nameSkeleton(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\p{M}\p{C}\p{Z}_./-]/gu, '');
  const letters = [...plain].map((letter) => looksLike[letter] ?? letter);
  return letters
    .map((letter) => looksLike[letter] ?? letter)
    .join('')
    .replaceAll('rn', 'm');
}
