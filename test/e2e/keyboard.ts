/** Acting by keyboard alone: what Tab reaches, which key picks. Nothing here clicks or puts the focus anywhere itself. */
import { expect, type Locator, type Page } from "@playwright/test";

/** A row of answers, by its question. */
export function row(page: Page, question: string | RegExp): Locator {
  return page.getByRole("group", { name: question });
}

/** True if the focus is in this control, or in something inside it. */
async function hasFocus(control: Locator): Promise<boolean> {
  return control.evaluate((element) => element.contains(document.activeElement));
}

/** Presses Tab until the focus is in this control; more than `most` presses mean that the keyboard does not reach it. */
export async function tabTo(page: Page, control: Locator, most = 80): Promise<void> {
  await expect(control).toBeVisible();
  for (let presses = 0; presses < most; presses += 1) {
    if (await hasFocus(control)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach ${String(control)} within ${most} presses.`);
}

/** Goes to a field by Tab and types into it, in place of what stands there. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
}

/** Goes to a list of choices by Tab and takes the one that begins so. */
export async function choose(page: Page, list: Locator, label: string): Promise<void> {
  await tabTo(page, list);
  await page.keyboard.type(label);
  await expect(list.locator("option:checked")).toHaveText(new RegExp(`^${label}`, "u"));
}

/** Goes to a row of answers by Tab and picks by its key. */
export async function pick(page: Page, answers: Locator, key: string): Promise<void> {
  await tabTo(page, answers);
  await page.keyboard.press(key);
}

/** Goes to a button or link by Tab and presses Enter. */
export async function press(page: Page, control: Locator, most?: number): Promise<void> {
  await tabTo(page, control, most);
  await page.keyboard.press("Enter");
}

/** Opens the palette and does the first thing that fits. */
export async function palette(page: Page, text: string, option: string | RegExp): Promise<void> {
  await page.keyboard.press("Control+k");
  const dialog = page.getByRole("dialog", { name: "Actions" });
  await expect(dialog.getByRole("combobox")).toBeFocused();
  await page.keyboard.type(text);
  await expect(dialog.getByRole("option", { name: option, selected: true })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
}
