import { glyphs, marks } from './drawings.js';

const SVG = 'http://www.w3.org/2000/svg';

const style = new CSSStyleSheet();
style.replaceSync(`
  :host { display: inline-flex; flex: none; inline-size: 16px; block-size: 16px; vertical-align: -3px; }
  :host([hidden]) { display: none; }
  svg { inline-size: 100%; block-size: 100%; overflow: visible; }
  .spin { transform-origin: 8px 8px; }
  @keyframes spin { to { transform: rotate(360deg); } }
  @media (prefers-reduced-motion: no-preference) { .spin { animation: spin 1.6s linear infinite; } }
`);

const parsed = new Map<string, SVGSVGElement>();

/** One drawing, as a node that is copied for each place it stands in. Unknown names draw nothing. */
function drawing(name: string): SVGSVGElement {
  let svg = parsed.get(name);
  if (!svg) {
    const inner = glyphs[name] ?? marks[name] ?? '';
    const source = `<svg xmlns="${SVG}" viewBox="0 0 16 16">${inner}</svg>`;
    svg = document.importNode(
      new DOMParser().parseFromString(source, 'image/svg+xml').documentElement as unknown as SVGSVGElement,
      true,
    );
    svg.setAttribute('aria-hidden', 'true');
    svg.setAttribute('focusable', 'false');
    if (name in glyphs) {
      svg.setAttribute('fill', 'none');
      svg.setAttribute('stroke', 'currentColor');
      svg.setAttribute('stroke-width', '1.4');
      svg.setAttribute('stroke-linecap', 'round');
      svg.setAttribute('stroke-linejoin', 'round');
    }
    parsed.set(name, svg);
  }
  return svg.cloneNode(true) as SVGSVGElement;
}

/** A drawing by name, in the colour of the text around it. It says nothing by itself: words do. */
class GradusIcon extends HTMLElement {
  static readonly observedAttributes = ['name'];

  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [style];
  }

  attributeChangedCallback(_attribute: string, _before: string | null, name: string | null): void {
    this.shadowRoot!.replaceChildren(drawing(name ?? ''));
  }
}

customElements.define('gradus-icon', GradusIcon);
