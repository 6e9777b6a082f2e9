// The emulator's page must show where the vendors are, its clock, its faults and why a request was refused, as they change, at
// desktop and phone width.
import assert from "node:assert/strict";
import { launch } from "./browser.mjs";

const [line, pictures, executablePath] = process.argv.slice(2);
const ready = JSON.parse(line);
const admin = ready.admin.base_url;
const secret = ready.polyv.app_secret;

async function manage(path, body) {
  const answer = await fetch(`${admin}${path}`, { method: "POST", body: JSON.stringify(body) });
  assert.ok(answer.ok, `${path}: ${answer.status}`);
}

// A request that is refused, with text that must not become markup.
const hostile = "<img src=x onerror=alert(1)>";
const sign = "0".repeat(32);
const query = new URLSearchParams({
  appId: ready.polyv.app_id,
  channelId: hostile,
  timestamp: String(Date.now()),
  sign,
});
const refused = await fetch(`${ready.polyv.base_url}/live/v4/channel/red-pack/statistics/list?${query}`);
assert.equal(refused.status, 403);

const browser = await launch(executablePath);

// What stands there when the page is opened.
async function check_first_look(page, name) {
  const text = await page.innerText("main");
  for (const vendor of ["xiaoe", "polyv", "yxt"]) {
    assert.ok(text.includes(ready[vendor].base_url), `${vendor}'s address is shown`);
  }
  assert.equal(text.split(secret).length, 2, "the secret is shown once, among the demo credentials");

  const entry = page.locator("article.refused", { hasText: hostile });
  assert.equal(await entry.count(), 1, "the hostile request is listed");
  const shown = await entry.innerText();
  assert.ok(shown.includes(`channelId=${hostile}`), "hostile text is shown as text");
  assert.equal(await page.locator("img").count(), 0, "hostile text is no markup");
  assert.match(shown, /parameter\s+sign\b/, "the wrong parameter is named");
  assert.ok(shown.includes(`[secret]appId${ready.polyv.app_id}channelId${hostile}`), "the string to sign is shown");
  assert.ok(shown.includes("sign=[masked]") && !shown.includes(sign), "the signature is masked");

  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1);
  assert.equal(wide, false, `${name}: nothing is wider than the screen`);
}

// What changes must appear without anybody loading the page again.
async function check_refresh(page, name, at) {
  await page.evaluate(() => { window.stays = true; });
  const main = (hasText) => page.locator("main", { hasText }).waitFor({ timeout: 15000 });

  await manage("/clock", { now_ms: Date.parse(at), rate_milli: 0 });
  await page.locator(".now", { hasText: at }).waitFor({ timeout: 15000 });
  await main(`${at} × 0`);
  await manage("/faults", { vendor: "yxt", kind: { html: 502 }, nth: [1, 3], endpoint: "gift_records" });
  await main('"nth":[1,3]');
  const room = `live-${name}`;
  await fetch(`${ready.yxt.base_url}/v1/zhibo/giftprecent?roomId=${room}`);
  await page.locator("article.faulty", { hasText: room }).waitFor({ timeout: 15000 });
  await main("met 1 of 1");
  await fetch(`${admin}/faults`, { method: "DELETE" });
  await main("no faults");

  const lost = page.locator("#lost");
  assert.equal(await lost.isVisible(), false);
  await page.context().setOffline(true);
  await lost.waitFor({ state: "visible", timeout: 15000 });
  await page.context().setOffline(false);
  await lost.waitFor({ state: "hidden", timeout: 15000 });
  assert.equal(await page.evaluate(() => window.stays), true, "the page wasn't loaded again");
}

// A page of another origin can make a browser send requests here, but they must do nothing.
async function check_foreign_page(context) {
  const requests = async () => (await (await fetch(`${admin}/journal`)).json()).requests;
  const page = await context.newPage();
  await page.goto(`${ready.polyv.base_url}/`);
  const before = await requests();
  await page.evaluate((url) => fetch(url, { method: "POST", mode: "no-cors" }), `${admin}/reset`);
  assert.ok((await requests()) >= before, "a page of another origin reset the emulator");
  await page.close();
}

try {
  for (const [name, viewport, colorScheme, at] of [
    ["desktop", { width: 1280, height: 900 }, "light", "2030-01-02T03:04:05Z"],
    ["phone", { width: 390, height: 844 }, "dark", "2031-02-03T04:05:06Z"],
  ]) {
    const context = await browser.newContext({ viewport, colorScheme });
    const page = await context.newPage();
    const problems = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(`${admin}/`)) problems.push(`loads ${request.url()}`);
    });
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("dialog", (dialog) => problems.push(`dialog: ${dialog.message()}`));
    await page.goto(`${admin}/`, { waitUntil: "load" });
    await check_first_look(page, name);
    await check_refresh(page, name, at);
    assert.deepEqual(problems, []);
    await page.screenshot({ path: `${pictures}/emulator-${name}.png`, fullPage: true });
    await check_foreign_page(context);
    await context.close();
  }
} finally {
  await browser.close();
}
console.log("the emulator's page works at desktop and phone width");
