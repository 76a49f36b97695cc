import { Tabs } from '@vaadin/tabs/vaadin-tabs.js';

// What scrolls a list of tabs is a stop for scripts in Vaadin's tabs, which makes it a part of the list that is no tab to
// who hears the page. Tabs are stops themselves and scroll it.
const tabs = Tabs.prototype as unknown as { ready(): void; $: { scroll: HTMLElement } };
const { ready } = tabs;
tabs.ready = function (this: typeof tabs): void {
  ready.call(this);
  this.$.scroll.removeAttribute('tabindex');
};
