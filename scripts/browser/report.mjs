// The report must be right for whoever opens it: in both languages, on a desktop and on a phone, light and dark, with the
// keyboard alone, and on paper.
import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./browser.mjs";
import { MARK, contrast, focused, layout, structure } from "./report-page.mjs";

const [folder, pictures, executablePath] = process.argv.slice(2);
const MOST_BYTES = 1_000_000;

const problems = new Map();
function note(problem, where) {
  problems.set(problem, (problems.get(problem) ?? new Set()).add(where));
}

const browser = await launch(executablePath);

async function open(file, options, where) {
  const context = await browser.newContext({ ...options, offline: true });
  const page = await context.newPage();
  const { href } = pathToFileURL(file);
  page.on("request", (request) => { if (![href, "about:blank"].includes(request.url())) note(`loads ${request.url()}`, where); });
  page.on("console", (message) => note(`console: ${message.text()}`, where));
  page.on("pageerror", (error) => note(String(error), where));
  await page.goto(href);
  return page;
}

async function check_look(page, language, where, picture) {
  const look = async (examine) => {
    const options = { language, mark: MARK };
    for (const problem of await page.evaluate(examine, options)) note(problem, where);
  };
  await look(structure);
  await look(layout);
  await page.screenshot({ path: picture, fullPage: true });
  await page.evaluate(() => { for (const part of document.querySelectorAll("details")) part.open = true; });
  await look(layout);
  await look(contrast);
}

// Not by loading it again, after which the keyboard goes on where it was.
async function begin_again(page) {
  const [href] = page.url().split("#");
  await page.goto("about:blank");
  await page.goto(href);
}

async function check_keyboard(page, where) {
  await begin_again(page);
  await page.keyboard.press("Tab");
  const is = (selector) => page.evaluate((selector) => document.activeElement.matches(selector), selector);
  const skip = await page.evaluate(focused);
  if (!(await is(".skip")) || !skip.is_seen) note("the first stop isn't the link to the report, in sight", where);
  await page.keyboard.press("Enter");
  if (!(await is("main"))) note("that link doesn't lead to the report", where);

  await begin_again(page);
  for (let place = 0, stops = 1; place < stops; place += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(focused);
    if (stop?.place !== place) {
      note(`the keyboard leaves stop ${place} out and gets to ${stop?.name}`, where);
      break;
    }
    if (!stop.is_marked || !stop.is_seen) note(`it can't be seen that the keyboard is at ${stop.name}`, where);
    stops = stop.stops;
  }

  const wide = page.locator(".scroll:visible");
  for (const region of await wide.all()) {
    if (!(await region.evaluate((element) => element.scrollWidth > element.clientWidth))) continue;
    await region.focus();
    await page.keyboard.press("ArrowRight");
    const moved = await region.evaluate(async (element) => {
      for (let waited = 0; waited < 60 && element.scrollLeft === 0; waited += 1) await new Promise(requestAnimationFrame);
      return element.scrollLeft > 0;
    });
    if (!moved) note(`the arrows don't move ${await region.getAttribute("aria-labelledby")}`, where);
  }
  const part = page.locator("details:not([open])").first();
  if (await part.count()) {
    const handle = await part.elementHandle();
    await part.locator("summary").focus();
    await page.keyboard.press("Enter");
    if (!(await handle.evaluate((element) => element.open))) note("Enter doesn't open a part that is folded", where);
  }
}

async function check_paper(page, where, path) {
  await begin_again(page);
  // The width of A4 between its margins.
  await page.setViewportSize({ width: 688, height: 1000 });
  await page.emulateMedia({ media: "print" });
  for (const problem of await page.evaluate(layout)) note(problem, where);
  const captions = await page.locator("caption").allTextContents();
  await page.pdf({ path, preferCSSPageSize: true });
  const run = (program, ...args) => execFileSync(program, args, { encoding: "utf8" });
  if (!/Page size:.*\(A4\)/.test(run("pdfinfo", path))) note("the paper isn't A4", where);
  const plain = (text) => text.replace(/\s/g, "");
  const pages = run("pdftotext", "-layout", path, "-").split("\f").slice(0, -1);
  if (!pages.length) note("no page", where);
  pages.forEach((text, at) => {
    if (!plain(text).includes(plain(MARK))) note(`page ${at + 1} doesn't say that this is a demo`, where);
  });
  const printed = plain(pages.join(""));
  for (const caption of captions) {
    if (!printed.includes(plain(caption))) note(`not printed: ${caption}`, where);
  }
}

const files = readdirSync(folder).filter((name) => name.endsWith(".html"));
try {
  for (const name of files) {
    const [report, language] = name.replace(".html", "").split(/-(?=\w+$)/);
    const file = resolve(folder, name);
    const { size } = statSync(file);
    if (size >= MOST_BYTES) note(`${size} bytes`, name);
    for (const width of [1280, 360]) {
      for (const colorScheme of ["light", "dark"]) {
        const where = `${report}-${language}-${width}-${colorScheme}`;
        const page = await open(file, { viewport: { width, height: 800 }, colorScheme }, where);
        await check_look(page, language, where, join(pictures, `report-${where}.png`));
        if (colorScheme === "light") await check_keyboard(page, where);
        // Paper is white, whatever the screen was.
        if (width === 1280 && colorScheme === "dark") await check_paper(page, `${report}-${language} on paper`, join(pictures, `report-${report}-${language}.pdf`));
        await page.context().close();
      }
    }
  }
} finally {
  await browser.close();
}
if (!files.length) note("no report", folder);
if (problems.size) {
  for (const [problem, where] of problems) console.error(`${problem}\n    ${[...where].join(", ")}`);
  process.exit(1);
}
console.log(`the report works: ${files.join(", ")}`);
