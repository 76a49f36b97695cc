import { css } from 'lit';

/** Colours are the console's tokens, so the graph is right in light and dark by itself. */
export const styles = css`
  :host {
    display: block;
    position: relative;
    overflow: hidden;
    /* What moves in it does not make the page lay itself out. */
    contain: layout paint style;
    min-height: 40px;
    font-family: var(--lumo-font-family, system-ui, sans-serif);
    background-color: var(--g-canvas);
    background-image: radial-gradient(var(--g-dot) 1px, transparent 1px);
    background-size: 16px 16px;
    --g-inside: color-mix(in srgb, var(--lumo-contrast-5pct) 60%, var(--g-canvas));
  }
  :host([hidden]) {
    display: none;
  }
  /* Only where it takes long or fails, and nothing older is on the screen. */
  .laying,
  .unlaid {
    display: none;
    position: absolute;
    inset: 0;
    place-content: center;
    margin: 0;
    color: var(--lumo-secondary-text-color);
    font-size: var(--lumo-font-size-s, 13px);
    pointer-events: none;
    animation: late 0s 300ms both;
  }
  :host([data-laying='']) .canvas:has(svg:not([data-ready])) ~ .laying,
  :host([data-laying='failed']) .canvas:has(svg:not([data-ready])) ~ .unlaid {
    display: grid;
  }
  @keyframes late {
    from {
      visibility: hidden;
    }
  }
  svg.graph {
    display: block;
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    touch-action: none;
    user-select: none;
    -webkit-user-select: none;
    outline: none;
    cursor: grab;
  }
  svg.graph.panning {
    cursor: grabbing;
  }
  :host([density='compact']) svg.graph {
    touch-action: auto;
    cursor: default;
  }
  :host([density='mini']) svg.graph {
    pointer-events: none;
    touch-action: auto;
  }
  text {
    fill: var(--lumo-body-text-color);
    pointer-events: none;
  }
  .name {
    font-size: 12.5px;
    font-weight: 600;
  }
  .line,
  .el {
    font-size: 11px;
    fill: var(--lumo-secondary-text-color);
  }
  .el {
    pointer-events: auto;
  }
  .count {
    font-size: 11.5px;
    fill: var(--lumo-secondary-text-color);
    font-variant-numeric: tabular-nums;
  }
  .strong {
    font-weight: 700;
    fill: var(--lumo-header-text-color);
  }
  .nd {
    --c: var(--g-line-strong);
    --t: var(--lumo-base-color);
  }
  .state {
    cursor: pointer;
  }
  .s-ok {
    --c: var(--g-ok);
  }
  .s-run {
    --c: var(--g-run);
  }
  .s-retry {
    --c: var(--g-retry);
  }
  .s-person {
    --c: var(--g-person);
  }
  .s-wait {
    --c: var(--g-wait);
  }
  .s-caught {
    --c: var(--g-caught);
  }
  .s-fail,
  .s-timeout {
    --c: var(--g-fail);
  }
  .s-abort {
    --c: var(--g-abort);
  }
  .s-idle {
    --c: var(--g-idle);
  }
  .s-left {
    --c: var(--g-left);
    --t: var(--g-left-tint);
  }
  .s-right {
    --c: var(--g-right);
    --t: var(--g-right-tint);
  }
  .s-differs {
    --c: var(--g-differs);
    --t: var(--g-differs-tint);
  }
  .s-same {
    --c: var(--g-same);
  }
  .s-run.active {
    --t: var(--g-run-tint);
  }
  .s-retry.active {
    --t: var(--g-retry-tint);
  }
  .s-person.active {
    --t: var(--g-person-tint);
  }
  .s-wait.active {
    --t: var(--g-wait-tint);
  }
  .shape {
    fill: var(--t);
    stroke: var(--c);
    stroke-width: 1.2;
    stroke-linejoin: round;
  }
  .cont > .face > .shape {
    fill: none;
  }
  .s-idle > .face > .shape,
  .s-idle > .face > .sheet {
    stroke-dasharray: 4 3;
  }
  .bar {
    fill: var(--c);
  }
  .inside {
    fill: var(--g-inside);
  }
  .sheet {
    fill: var(--g-canvas);
    stroke: var(--c);
    stroke-width: 1;
    opacity: 0.7;
  }
  .head {
    fill: var(--t);
  }
  .rule {
    stroke: var(--c);
    stroke-width: 0.8;
    opacity: 0.6;
  }
  .kind {
    color: var(--lumo-secondary-text-color);
    fill: none;
    stroke: currentColor;
    stroke-width: 1.3;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .s-idle > .face .kind {
    color: var(--g-idle);
  }
  .mark {
    color: var(--c);
  }
  .s-idle > .face > .name {
    fill: var(--lumo-secondary-text-color);
    font-weight: 500;
  }
  .told {
    fill: var(--c);
    font-weight: 500;
  }
  .s-ok > .face > .told,
  .s-same > .face > .told,
  .s-idle > .face > .told {
    fill: var(--lumo-secondary-text-color);
    font-weight: 400;
  }
  .start > .face > .line,
  .stop > .face > .line {
    fill: var(--lumo-secondary-text-color);
  }
  .seg-ok {
    fill: var(--g-ok);
  }
  .seg-fail {
    fill: var(--g-fail-fill);
  }
  .seg-run {
    fill: var(--g-run);
  }
  .seg-rest {
    fill: var(--lumo-contrast-10pct);
  }
  .ghost {
    --c: var(--g-fail);
    --t: var(--g-fail-tint);
  }
  .ghost > .face > .shape {
    stroke-dasharray: 4 3;
  }
  .ghost text {
    fill: var(--g-fail);
  }
  .ghost .name {
    font-size: 12px;
  }
  .diag.err {
    --c: var(--g-fail);
  }
  .diag.warn {
    --c: var(--g-retry);
  }
  .halo {
    fill: var(--g-canvas);
  }
  .ring {
    fill: none;
    stroke: var(--lumo-primary-color);
    stroke-width: 2;
    display: none;
  }
  .at {
    outline: none;
  }
  .area {
    fill: none;
    pointer-events: all;
  }
  .sel > .at > .ring,
  .at:focus-visible > .ring {
    display: inline;
  }
  .at:focus-visible > .ring {
    stroke: var(--vaadin-focus-ring-color, var(--lumo-primary-color));
    stroke-dasharray: 5 3;
  }
  @media (hover: hover) {
    .state:hover > .face > .shape {
      stroke-width: 1.8;
    }
    .state:not([class*='s-']):hover > .face > .shape {
      stroke: var(--lumo-secondary-text-color);
    }
  }
  .ed {
    fill: none;
    stroke: var(--g-line-strong);
    stroke-width: 1.4;
  }
  .hd,
  .cm {
    fill: var(--g-line-strong);
  }
  .taken > .ed {
    stroke: var(--lumo-body-text-color);
    stroke-width: 1.8;
  }
  .taken > .hd,
  .taken > .cm {
    fill: var(--lumo-body-text-color);
  }
  .not > .ed {
    stroke-dasharray: 4 4;
  }
  /* Which execution took a way is told by its dashes too. */
  .by-left > .ed {
    stroke: var(--g-left);
    stroke-dasharray: 11 3;
  }
  .by-left > .hd,
  .by-left > .cm {
    fill: var(--g-left);
  }
  .by-right > .ed {
    stroke: var(--g-right);
    stroke-dasharray: 2 3;
  }
  .by-right > .hd,
  .by-right > .cm {
    fill: var(--g-right);
  }
  .caught > .ed {
    stroke: var(--g-caught);
    stroke-width: 1.8;
  }
  .caught > .hd,
  .caught > .cm {
    fill: var(--g-caught);
  }
  .caught .el {
    fill: var(--g-caught);
    font-weight: 600;
  }
  .bad > .ed {
    stroke: var(--g-fail);
    stroke-dasharray: 4 3;
  }
  .bad > .hd,
  .bad > .cm {
    fill: var(--g-fail);
  }
  .bad .el {
    fill: var(--g-fail);
  }
  .far .nd:not(.cont, .ghost) > .face > .name:not(.alone) {
    transform: translateY(7.5px);
  }
  .far .ghost > .face > .name:not(.alone) {
    transform: translateY(-6px);
  }
  .far .line,
  .far .count,
  .far .el {
    display: none;
  }
  .far .start > .face > .line,
  .far .stop > .face > .line {
    display: inline;
  }
  .farther .name,
  .farther .start > .face > .line,
  .farther .stop > .face > .line,
  .farther .ghost .line {
    display: none;
  }
  .farther .kind,
  .farther .mark {
    transform-box: fill-box;
    transform-origin: center;
    transform: scale(1.7);
  }
  .spin {
    transform-origin: 8px 8px;
  }
  @media (prefers-reduced-motion: no-preference) {
    .spin {
      /* In steps: each is a new picture, and nobody sees sixty of them a second. */
      animation: spin 1.6s steps(32) infinite;
    }
    .new {
      animation: come 160ms ease-out;
    }
  }
  .moving .spin,
  .farther .spin {
    animation: none;
  }
  @keyframes spin {
    to {
      transform: rotate(360deg);
    }
  }
  @keyframes come {
    from {
      opacity: 0;
    }
  }
`;
