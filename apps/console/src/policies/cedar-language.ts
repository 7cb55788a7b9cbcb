import { StreamLanguage } from '@codemirror/language';

const words = /^(?:permit|forbid|when|unless|if|then|else|in|like|has|is|true|false)\b/;
const variables = /^(?:principal|action|resource|context)\b/;

/** Enough of Cedar to tell its words, texts and comments apart. */
export const cedarLanguage = StreamLanguage.define<null>({
  name: 'cedar',
  startState: () => null,
  token: (stream) => {
    if (stream.eatSpace()) return null;
    if (stream.match(/^\/\/.*/)) return 'comment';
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) return 'string';
    if (stream.match(/^@\w+/)) return 'meta';
    if (stream.match(words)) return 'keyword';
    if (stream.match(variables)) return 'variableName';
    if (stream.match(/^\d+/)) return 'number';
    if (stream.match(/^\w+/)) return null;
    stream.next();
    return null;
  },
});
