// What a screen reader would say of a page while nobody looks: every change of a live region.

import type { Page } from "@playwright/test";

/** Listens from now on; the function answers what was said so far, in order. */
export async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const said: string[] = [];
    const live = "[role=status], [role=alert], [role=log], [aria-live]";
    const spoken = (node: Node): string =>
      ((node instanceof Element ? node : node.parentElement)?.closest(live)?.textContent ?? "").trim();
    new MutationObserver((changes) => {
      const words = new Set(changes.map(({ target }) => spoken(target)));
      said.push(...[...words].filter((word) => word !== ""));
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    Object.assign(window, { said });
  });
  return () => page.evaluate(() => (window as unknown as { said: string[] }).said);
}
