import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { codeFolding } from '@codemirror/language';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, highlightSpecialChars, lineNumbers } from '@codemirror/view';
import { language, type Mode } from './languages';
import { theme } from './theme';

/** Narrower than this, the two texts stand in one column. */
const SIDE_BY_SIDE_PX = 720;

const look = EditorView.theme({
  '&': { height: 'auto' },
  '.cm-changedLine, .cm-insertedLine': { backgroundColor: 'var(--g-add-bg)' },
  '.cm-deletedChunk': { backgroundColor: 'var(--g-del-bg)', paddingLeft: '4px' },
  '&.cm-merge-a .cm-changedLine': { backgroundColor: 'var(--g-del-bg)' },
  '&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText': {
    background: 'color-mix(in srgb, var(--g-del) 6%, transparent)',
    boxShadow: 'inset 0 -1px 0 var(--g-del)',
  },
  '&.cm-merge-b .cm-changedText, .cm-changedText': {
    background: 'color-mix(in srgb, var(--g-add) 8%, transparent)',
    boxShadow: 'inset 0 -1px 0 var(--g-add)',
  },
  '.cm-changeGutter': { width: '3px', paddingLeft: '1px' },
  '&.cm-merge-a .cm-changedLineGutter, .cm-deletedLineGutter': { background: 'var(--g-del)' },
  '&.cm-merge-b .cm-changedLineGutter, .cm-changedLineGutter': { background: 'var(--g-add)' },
  '.cm-collapsedLines': {
    background: 'var(--lumo-contrast-5pct)',
    color: 'var(--lumo-secondary-text-color)',
    fontFamily: 'var(--lumo-font-family)',
    padding: '4px 12px',
  },
  '.cm-collapsedLines:before, .cm-collapsedLines:after': { content: '"⋯"' },
});

/** Two texts and what differs: side by side where there is room, in one column on a phone. */
export class GradusDiff extends HTMLElement {
  private older = '';
  private newer = '';
  private mode: Mode = 'json';
  private names = ['Before', 'After'];
  /** Whether long lines are broken to fit also where the two stand side by side. */
  private wraps = false;
  private merge?: MergeView;
  private unified?: EditorView;
  private sized?: ResizeObserver;
  private wide = true;

  connectedCallback(): void {
    if (!this.shadowRoot) {
      const style = new CSSStyleSheet();
      style.replaceSync(
        ':host{display:block;min-height:0;overflow:auto;background:var(--g-code)}' +
          '.cm-mergeView{min-height:100%}.cm-mergeViewEditor+.cm-mergeViewEditor{border-left:1px solid var(--g-line)}',
      );
      this.attachShadow({ mode: 'open' }).adoptedStyleSheets.push(style);
    }
    this.sized = new ResizeObserver(() => {
      const wide = this.clientWidth === 0 ? this.wide : this.clientWidth >= SIDE_BY_SIDE_PX;
      if (wide !== this.wide) {
        this.wide = wide;
        this.draw();
      }
    });
    this.wide = this.clientWidth === 0 || this.clientWidth >= SIDE_BY_SIDE_PX;
    this.sized.observe(this);
    this.draw();
  }

  disconnectedCallback(): void {
    this.sized?.disconnect();
    this.clear();
  }

  /** Shows these two. */
  compare(
    before: string,
    after: string,
    mode: Mode,
    beforeName: string,
    afterName: string,
    wraps: boolean,
  ): void {
    this.older = before;
    this.newer = after;
    this.mode = mode;
    this.names = [beforeName, afterName];
    this.wraps = wraps;
    if (this.isConnected) this.draw();
  }

  private clear(): void {
    this.merge?.destroy();
    this.unified?.destroy();
    this.merge = this.unified = undefined;
  }

  private draw(): void {
    const root = this.shadowRoot;
    if (!root) return;
    this.clear();
    const collapseUnchanged = { margin: 3, minSize: 6 };
    if (this.wide) {
      const wrapping = this.wraps ? EditorView.lineWrapping : [];
      this.merge = new MergeView({
        a: { doc: this.older, extensions: [this.side(this.names[0]!), wrapping] },
        b: { doc: this.newer, extensions: [this.side(this.names[1]!), wrapping] },
        parent: root,
        root,
        collapseUnchanged,
        diffConfig: { scanLimit: 2000, timeout: 500 },
      });
    } else {
      this.unified = new EditorView({
        parent: root,
        root,
        state: EditorState.create({
          doc: this.newer,
          extensions: [
            this.side(`${this.names[0]} and ${this.names[1]}`),
            EditorView.lineWrapping,
            unifiedMergeView({
              original: this.older,
              mergeControls: false,
              collapseUnchanged,
              diffConfig: { scanLimit: 2000, timeout: 500 },
            }),
          ],
        }),
      });
    }
  }

  private side(name: string): Extension {
    return [
      language(this.mode),
      lineNumbers(),
      highlightSpecialChars(),
      codeFolding(),
      EditorState.readOnly.of(true),
      EditorView.contentAttributes.of({ 'aria-label': name, 'aria-readonly': 'true', tabindex: '0' }),
      theme,
      look,
    ];
  }
}

customElements.define('gradus-diff', GradusDiff);
