// What is looked at inside the page. Each function runs there, alone, and answers what is wrong.

export const MARK = "DEMO 示例数据";

// What programs that read aloud, and people who look for something, go by.
export function structure({ language, mark }) {
  const problems = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const text = (element) => element?.textContent.trim() ?? "";
  const expect = (holds, what) => { if (!holds) problems.push(what); };

  expect(document.documentElement.lang.startsWith(language), `lang is ${document.documentElement.lang}`);
  expect(all("h1").length === 1, `${all("h1").length} h1`);
  for (const heading of all("h1, h2, h3")) {
    const foreign = language === "zh" ? /[A-Za-z]{2,}/ : /\p{Script=Han}/u;
    expect(text(heading) && !foreign.test(text(heading)), `heading ${heading.outerHTML}`);
  }
  let level = 0;
  for (const heading of all("h1, h2, h3")) {
    const next = Number(heading.tagName[1]);
    expect(next <= level + 1, `h${next} follows h${level}: ${text(heading)}`);
    level = next;
  }
  for (const svg of all("svg")) {
    const named = svg.getAttribute("role") === "img" && text(svg.querySelector(":scope > title"));
    const within = svg.parentElement.closest("svg");
    expect(named || within || svg.getAttribute("aria-hidden") === "true", `svg without a title: ${svg.outerHTML.slice(0, 120)}`);
  }
  for (const table of all("table")) {
    expect(text(table.caption), `table without caption: ${text(table).slice(0, 60)}`);
    const heads = [...table.querySelectorAll("th")];
    expect(heads.length && heads.every((head) => head.scope), `heads without scope: ${text(table.caption)}`);
    expect(table.closest(".scroll[tabindex='0'][role=region][aria-labelledby]"), `table that can't scroll: ${text(table.caption)}`);
  }
  const ids = all("[id]").map((element) => element.id);
  expect(new Set(ids).size === ids.length, "an id is there twice");
  for (const element of all("[aria-labelledby]")) {
    for (const id of element.getAttribute("aria-labelledby").split(/\s+/)) {
      expect(text(document.getElementById(id)), `nothing is named ${id}`);
    }
  }
  for (const link of all("a")) {
    const href = link.getAttribute("href");
    expect(href.startsWith("#") && document.getElementById(href.slice(1)), `link to ${href}`);
  }
  const banner = document.querySelector(".demo");
  expect(banner?.checkVisibility() && text(banner).includes(mark), "no banner says that this is a demo");
  expect(document.title.includes(mark), "the page's name doesn't say that this is a demo");
  return problems;
}

// What fits on the screen, and what lies over what.
export function layout() {
  const problems = [];
  const width = document.documentElement.scrollWidth;
  if (width > window.innerWidth) {
    const widest = [...document.querySelectorAll("body *")]
      .filter((element) => !element.closest(".scroll"))
      .sort((one, other) => other.getBoundingClientRect().right - one.getBoundingClientRect().right)[0];
    problems.push(`${width} wide: ${widest.outerHTML.slice(0, 120)}`);
  }
  const isOver = (one, other) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 3;
  for (const svg of document.querySelectorAll("svg[role=img]")) {
    const texts = [...svg.querySelectorAll("text")].filter((text) => text.checkVisibility());
    const boxes = texts.map((text) => text.getBoundingClientRect());
    boxes.forEach((box, at) => {
      if (box.left < 0 || box.right > window.innerWidth) problems.push(`beyond the edge: ${texts[at].textContent}`);
      const other = boxes.findIndex((other, place) => place > at && isOver(box, other));
      if (other >= 0) problems.push(`one over the other: ${texts[at].textContent}, ${texts[other].textContent}`);
    });
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!/^\s*[−-]?¥[\d,.]+\s*$/.test(node.data) || !node.parentElement.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
    if (lines.size > 1) problems.push(`an amount on two lines: ${node.data}`);
  }
  return problems;
}

// Text against whatever is behind it.
export function contrast() {
  const LEAST = 4.5;
  const colours = (css) =>
    [...css.matchAll(/rgba?\(([^)]+)\)/g)].map(([, numbers]) => {
      const [red, green, blue, alpha = 1] = numbers.split(/[\s,/]+/).map(Number);
      return { rgb: [red, green, blue], alpha };
    });
  const luminance = (rgb) => {
    const [red, green, blue] = rgb.map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ratio = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const mix = (front, alpha, back) => front.map((part, at) => part * alpha + back[at] * (1 - alpha));

  // Every colour that may be behind an element: gradients have several.
  function behind(element) {
    const found = [];
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      found.push(...colours(style.backgroundImage).filter(({ alpha }) => alpha > 0));
      const [colour] = colours(style.backgroundColor);
      if (colour?.alpha > 0) found.push(colour);
      if (colour?.alpha === 1) break;
    }
    return found;
  }
  // A picture's text has a rim of its own, or lies on shapes.
  function behind_in_picture(text) {
    const style = getComputedStyle(text);
    if (style.paintOrder.startsWith("stroke") && parseFloat(style.strokeWidth) >= 3) return colours(style.stroke);
    const box = text.getBoundingClientRect();
    const shapes = [...text.ownerSVGElement.querySelectorAll("rect, circle")].filter((shape) => {
      const other = shape.getBoundingClientRect();
      return other.left < box.right && box.left < other.right && other.top < box.bottom - 2 && box.top + 2 < other.bottom;
    });
    return [...behind(text), ...shapes.flatMap((shape) => colours(getComputedStyle(shape).fill))];
  }

  const problems = new Set();
  let looked_at = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.closest("style, title, desc")) continue;
    looked_at += 1;
    const svg_text = element.closest("text");
    let opacity = 1;
    for (let at = element; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
    const [colour] = colours(getComputedStyle(element)[svg_text ? "fill" : "color"]);
    const grounds = svg_text ? behind_in_picture(svg_text) : behind(element);
    if (!colour || !grounds.length || grounds.some(({ alpha }) => alpha < 1)) {
      problems.add(`contrast can't be told: ${walker.currentNode.data.trim()}`);
      continue;
    }
    for (const { rgb } of grounds) {
      const seen = ratio(mix(colour.rgb, colour.alpha * opacity, rgb), rgb);
      if (seen < LEAST) {
        const where = element.getAttribute("class") ?? element.localName;
        problems.add(`contrast ${seen.toFixed(2)} of ${colour.rgb} on ${rgb}: ${where}`);
      }
    }
  }
  if (!looked_at) problems.add("no text was found");
  return [...problems];
}

// Where the keyboard is.
export function focused() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const stops = [...document.querySelectorAll("a[href], summary, [tabindex='0']")].filter((stop) => stop.checkVisibility());
  return {
    place: stops.indexOf(element),
    stops: stops.length,
    name: `${element.localName} ${element.textContent.trim().slice(0, 40)}`,
    is_marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    is_seen: box.bottom > 0 && box.top < window.innerHeight && box.right > 0 && box.left < window.innerWidth,
  };
}
