import { jsonLanguage } from '@codemirror/lang-json';
import { yamlLanguage } from '@codemirror/lang-yaml';
import { LanguageSupport, StreamLanguage, indentUnit, type StringStream } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { parseMixed, type Input, type SyntaxNodeRef } from '@lezer/common';

export type Mode = 'json' | 'yaml' | 'text';

/** JSONata for the eye: as it stands inside a JSON string, where a quote may be written `\"`. */
const jsonata = StreamLanguage.define<{ quote: string }>({
  name: 'jsonata',
  startState: () => ({ quote: '' }),
  token(stream: StringStream, state: { quote: string }): string | null {
    if (state.quote !== '') {
      while (!stream.eol()) {
        if (stream.match(state.quote)) {
          state.quote = '';
          return 'string';
        }
        if (state.quote === '"' && stream.match(/\\\\?./)) continue;
        stream.next();
      }
      return 'string';
    }
    if (stream.eatSpace() || stream.match(/\\[nrt]/)) return null;
    if (stream.match(/\{%|%\}/)) return 'processingInstruction';
    if (stream.match(/\/\*.*?\*\//)) return 'comment';
    if (stream.match('\\"') || stream.match(/["'`]/)) {
      state.quote = stream.current();
      return 'string';
    }
    if (stream.match(/\$\$?[A-Za-z_][\w]*/) || stream.match(/\$+/)) return 'variableName.special';
    if (stream.match(/\d+(\.\d+)?([eE][-+]?\d+)?/)) return 'number';
    if (stream.match(/(and|or|in|true|false|null|function)\b/)) return 'keyword';
    if (stream.match(/[A-Za-z_]\w*/)) return 'string.special';
    if (stream.match(/[[\](){}.,;]/)) return 'punctuation';
    if (stream.match(/[-+*/%=<>!&|?:~^@#]+?/)) return 'operator';
    stream.next();
    return null;
  },
});

/** Where a string's `{% … %}` is: without the quotes around it. */
function expression(node: SyntaxNodeRef, input: Input) {
  const written = input.read(node.from, node.to);
  const open = written.indexOf('{%');
  if (open < 0 || open > 8) return null;
  const close = written.lastIndexOf('%}');
  const from = node.from + open;
  const to = close > open ? node.from + close + 2 : node.to;
  return { parser: jsonata.parser, overlay: [{ from, to }] };
}

const inside = (names: string[]) =>
  parseMixed((node, input) => (names.includes(node.name) ? expression(node, input) : null));

const JSON_WITH_EXPRESSIONS = new LanguageSupport(jsonLanguage.configure({ wrap: inside(['String']) }));

const YAML_WITH_EXPRESSIONS = new LanguageSupport(
  yamlLanguage.configure({ wrap: inside(['QuotedLiteral', 'Literal', 'BlockLiteralContent']) }),
);

/** What the editor needs to know of a language: how it is read, coloured, folded and indented. */
export function language(mode: Mode): Extension {
  switch (mode) {
    case 'json':
      return [JSON_WITH_EXPRESSIONS, indentUnit.of('  ')];
    case 'yaml':
      return [YAML_WITH_EXPRESSIONS, indentUnit.of('  ')];
    case 'text':
      // Prose, such as the cause of an error: often one long line.
      return EditorView.lineWrapping;
  }
}
