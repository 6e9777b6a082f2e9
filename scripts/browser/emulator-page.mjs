// The emulator's page must show where the vendors are, its clock, and why a request was refused, at desktop and phone width.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const ready = JSON.parse(process.argv[2]);
const pictures = process.argv[3];
const page_url = ready.admin.base_url;

// A request that is refused, with text that must not become markup.
const hostile = "<img src=x onerror=alert(1)>";
const query = new URLSearchParams({
  appId: ready.polyv.app_id,
  channelId: hostile,
  timestamp: String(Date.now()),
  sign: "0".repeat(32),
});
const refused = await fetch(`${ready.polyv.base_url}/live/v4/channel/red-pack/statistics/list?${query}`);
assert.equal(refused.status, 403);

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
try {
  for (const [name, viewport, colorScheme] of [
    ["desktop", { width: 1280, height: 900 }, "light"],
    ["phone", { width: 390, height: 844 }, "dark"],
  ]) {
    const context = await browser.newContext({ viewport, colorScheme });
    const page = await context.newPage();
    const foreign = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(page_url)) foreign.push(request.url());
    });
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("dialog", (dialog) => errors.push(`dialog: ${dialog.message()}`));
    await page.goto(page_url, { waitUntil: "load" });
    const text = await page.innerText("body");
    for (const vendor of ["xiaoe", "polyv", "yxt"]) {
      assert.ok(text.includes(ready[vendor].base_url), `${vendor}'s address is shown`);
    }
    assert.match(text, /sign/i, "the refused signature is explained");
    assert.ok(text.includes(hostile) || text.includes(encodeURIComponent(hostile)) || /channelId/.test(text));
    assert.ok(!text.includes(ready.polyv.app_secret + ready.polyv.app_secret), "no string to sign with its secret");
    assert.equal(await page.locator("img[onerror]").count(), 0, "hostile text is no markup");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1);
    assert.equal(wide, false, `${name}: nothing is wider than the screen`);
    assert.deepEqual(foreign, [], "nothing is loaded from elsewhere");
    assert.deepEqual(errors, []);

    // Live: a further refusal appears without anybody reloading.
    const before = (await page.innerText("body")).length;
    await fetch(`${ready.yxt.base_url}/v1/zhibo/giftprecent?roomId=live-${name}`);
    await page.waitForFunction((marker) => document.body.innerText.includes(marker), `live-${name}`, { timeout: 15000 });
    assert.ok((await page.innerText("body")).length >= before - 200);
    await page.screenshot({ path: `${pictures}/emulator-${name}.png`, fullPage: true });
    await context.close();
  }
} finally {
  await browser.close();
}
console.log("the emulator's page works at desktop and phone width");
