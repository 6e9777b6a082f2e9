// The top of the report, down to where the money went.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./browser.mjs";

const [report, path, executablePath] = process.argv.slice(2);
const width = 1280;
const browser = await launch(executablePath);
try {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: "light" });
  await page.goto(pathToFileURL(resolve(report)).href);
  const box = await page.locator("#waterfall").boundingBox();
  const height = Math.round(box.y + box.height) + 40;
  await page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, width, height } });
} finally {
  await browser.close();
}
