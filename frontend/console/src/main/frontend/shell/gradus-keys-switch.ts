import { singleKeys, switchSingleKeys } from './keys.js';

const style = new CSSStyleSheet();
style.replaceSync(`
  label { align-items: center; cursor: pointer; display: flex; gap: 8px; }
  input { accent-color: var(--lumo-primary-color); block-size: 16px; inline-size: 16px; margin: 0; }
  input:focus-visible { outline: 2px solid var(--vaadin-focus-ring-color); outline-offset: 1px; }
`);

/** Switches keys of one letter on or off in this browser. */
class GradusKeysSwitch extends HTMLElement {
  constructor() {
    super();
    const label = document.createElement('label');
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = singleKeys();
    box.addEventListener('change', () => switchSingleKeys(box.checked));
    label.append(box, 'Keys of one letter, outside of fields');
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    root.adoptedStyleSheets = [style];
    root.append(label);
  }
}

customElements.define('gradus-keys-switch', GradusKeysSwitch);
