// What colours tell, and whether it is told without them too: for those who see none, print, or choose their own.

import type { Page } from "@playwright/test";

/** States that only a colour tells. */
export function toldByColorAlone(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const bad: string[] = [];
    const tell = (each: Element, why: string) => bad.push(`${why}: ${each.outerHTML.slice(0, 140)}`);
    const words = (each: Element | null) => (each?.textContent ?? "").trim();
    const shape = (each: Element) => each.querySelector("svg use")?.getAttribute("href") ?? "";
    const all = (selector: string) => [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility());
    const shapes = new Map<string, string>();
    for (const each of all(".status")) {
      if (words(each) === "" || shape(each) === "") tell(each, "a status without a word or a shape");
      const tone = [...each.classList].filter((name) => ["good", "bad", "heed"].includes(name)).join();
      const known = shapes.get(shape(each));
      if (known !== undefined && known !== tone) tell(each, "a shape of two tones");
      shapes.set(shape(each), tone);
    }
    for (const each of all(".note")) if (words(each) === "" || shape(each) === "") tell(each, "a note without words or a shape");
    for (const each of all(".row-bad, .row-heed, .task-bad")) if (!each.querySelector(".status")) tell(each, "a row without a status");
    for (const each of all(".row-open")) if (!each.querySelector("[aria-current]")) tell(each, "an open row that says so nowhere");
    for (const each of all(".field-bad")) {
      if (words(each.querySelector(".error")) === "" || !each.querySelector("[aria-invalid=true]")) tell(each, "a bad field without words");
    }
    return bad;
  });
}

/** What the colours that a person chose leave without an edge, a difference or enough contrast. */
export function lostInForcedColors(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const lost: string[] = [];
    const all = (selector: string) => [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility());
    const style = (each: Element) => getComputedStyle(each);
    const edged = (each: Element) => ["top", "bottom", "left", "right"].some((side) => parseFloat(style(each).getPropertyValue(`border-${side}-width`)) > 0);
    for (const each of all(".btn:not(.btn-line), .note, .input, .select, .case-no.loud i, .paper")) {
      if (!edged(each)) lost.push(`no edge: ${each.outerHTML.slice(0, 120)}`);
    }
    for (const each of all(".choice a[aria-current], .tabs a[aria-current]")) {
      const other = each.parentElement?.querySelector("a:not([aria-current])");
      if (other && style(other).backgroundColor === style(each).backgroundColor) lost.push(`no difference: ${each.outerHTML.slice(0, 120)}`);
    }
    const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
    const light = (color: string) => {
      const [r = 0, g = 0, b = 0] = channels(color).map((channel) => (channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (each: Element | null): string => {
      for (let at = each; at; at = at.parentElement) if ((channels(style(at).backgroundColor)[3] ?? 1) > 0) return style(at).backgroundColor;
      return style(document.documentElement).backgroundColor;
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const each = node.parentElement;
      if (!each || !node.textContent?.trim() || !each.checkVisibility() || each.closest(".hide, .skip, script, svg, option, .echo")) continue;
      const [a, b] = [light(style(each).color), light(behind(each))];
      if ((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5) lost.push(`too pale: ${each.outerHTML.slice(0, 120)}`);
    }
    return lost;
  });
}
