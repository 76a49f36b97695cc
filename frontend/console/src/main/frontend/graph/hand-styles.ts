import { css } from 'lit';

/** What shows where something would be put, and the buttons at the selected state. */
export const handStyles = css`
  .aim {
    pointer-events: none;
  }
  .along {
    fill: none;
    stroke: var(--lumo-primary-color);
    stroke-width: 2.5;
  }
  .knob,
  .between {
    fill: var(--lumo-primary-color);
  }
  .plus {
    fill: none;
    stroke: var(--lumo-primary-contrast-color);
    stroke-width: 2;
    stroke-linecap: round;
  }
  .into {
    fill: none;
    stroke: var(--lumo-primary-color);
    stroke-width: 2;
    stroke-dasharray: 5 3;
  }
  .grip {
    fill: var(--lumo-base-color);
    stroke: var(--lumo-primary-color);
    stroke-width: 2;
  }
  svg.graph:has(.grip) {
    cursor: crosshair;
  }
  .empty {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    margin: 0;
    color: var(--lumo-secondary-text-color);
    pointer-events: none;
  }
  .at-state {
    position: absolute;
    left: 0;
    top: 0;
    display: flex;
    background: var(--lumo-base-color);
    border: 1px solid var(--g-line);
    border-radius: 5px;
    box-shadow: var(--lumo-box-shadow-s);
  }
  .at-state[data-away] {
    display: none;
  }
  .at-state button {
    width: 28px;
    height: 26px;
    display: grid;
    place-items: center;
    padding: 0;
    border: 0;
    border-radius: 4px;
    background: none;
    color: var(--lumo-secondary-text-color);
    cursor: pointer;
  }
  .at-state button:hover {
    background: var(--lumo-contrast-5pct);
    color: var(--lumo-body-text-color);
  }
  .at-state button:focus-visible {
    outline: 2px solid var(--vaadin-focus-ring-color, var(--lumo-primary-color));
    outline-offset: -1px;
  }
  .at-state svg {
    pointer-events: none;
    width: 14px;
    height: 14px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.4;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .name-field {
    position: absolute;
    left: 0;
    top: 0;
    box-sizing: border-box;
    padding: 0 8px;
    border: 2px solid var(--lumo-primary-color);
    border-radius: 4px;
    background: var(--lumo-base-color);
    color: var(--lumo-body-text-color);
    font: inherit;
    font-size: var(--lumo-font-size-s, 13px);
    outline: none;
  }
  .said {
    position: absolute;
    left: 50%;
    bottom: 52px;
    width: max-content;
    max-width: min(440px, calc(100% - 24px));
    box-sizing: border-box;
    margin: 0;
    transform: translateX(-50%);
    pointer-events: none;
  }
  /* What was done is seen: it is said to those who do not see it. */
  .said:not(.refused) {
    clip-path: inset(50%);
    height: 1px;
    overflow: hidden;
    width: 1px;
  }
  .said.refused {
    padding: 8px 12px;
    border: 1px solid var(--g-retry);
    border-radius: 5px;
    background: var(--g-retry-tint);
    color: var(--lumo-body-text-color);
    font-size: var(--lumo-font-size-s, 13px);
  }
  @media (pointer: coarse) {
    .at-state button {
      width: 44px;
      height: 44px;
    }
    .name-field {
      min-height: 44px;
      font-size: 16px;
    }
  }
`;
