const step = '  ';

/**
 * JSON on lines of its own, changed in nothing but the space between its tokens: numbers, escapes and names that stand twice are as
 * they were written. A text that ends early, or is no JSON, is drawn as far as it goes.
 */
export function indentedJson(text: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let depth = 0;
  const end = () => {
    if (line.trim() !== '') lines.push(line);
    line = step.repeat(depth);
  };
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|\{\}|\[\]|[^"]/gsu)) {
    if (token === '{' || token === '[') {
      line += token;
      depth += 1;
      end();
    } else if (token === '}' || token === ']') {
      depth = Math.max(0, depth - 1);
      end();
      line += token;
    } else if (token === ',') {
      line += token;
      end();
    } else line += token === ':' ? ': ' : token;
  }
  end();
  return lines;
}
