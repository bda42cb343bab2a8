import type { Page } from "@playwright/test";
import type { Method } from "#shared/contract.ts";
import { callBridge, expect, type RunningApp, test } from "./app.ts";
import { comeBack, createRecord, DOCTOR, heading, PASSWORD, prepare, readyRecord, signIn } from "./acts.ts";

const NURSE = { login: "lind", name: "Maja Lind, RN", password: "an entirely other passphrase" };
const RECEPTION = { login: "okoro", name: "Ife Okoro", password: "a third and different phrase" };

const family = (page: Page) => page.getByRole("textbox", { name: "Family name" });
const lock = (page: Page) => heading(page, "Locked");
const main = (page: Page) => page.getByRole("main");

/** Opens the form for a new patient and types half a name. */
async function halfTyped(page: Page, text: string): Promise<void> {
  await page.goto(new URL("/#/patients/new", page.url()).href);
  await family(page).fill(text);
}

/** Waits until the record says that it has the text. */
async function keptAsDraft(page: Page): Promise<void> {
  await expect(page.getByText(/^Draft saved/u)).toBeVisible();
}

/** Unlocks for the one it was locked for. */
async function unlock(page: Page, password: string = PASSWORD): Promise<void> {
  await page.getByLabel(/^Password of/u).fill(password);
  await page.keyboard.press("Enter");
}

/** Adds a person through the bridge and returns their id. */
async function addNurse(page: Page): Promise<string> {
  const { id } = await prepare(page, "accounts.add", { ...NURSE, roles: ["nurse"] });
  return id;
}

async function signOut(page: Page): Promise<void> {
  await prepare(page, "session.signOut", {});
  await expect(heading(page, "Sign in")).toBeVisible();
}

test.describe("The lock", () => {
  test.beforeEach(async ({ page, app }) => readyRecord(page, app));

  test("Ctrl+L locks, and unlocking returns to the same place with the same unsaved text", async ({
    page,
  }) => {
    await halfTyped(page, "Håkons");
    await page.keyboard.type("en-Ré");
    // At once: the text has had no time to be kept.
    await page.keyboard.press("Control+l");
    await expect(lock(page)).toBeVisible();
    await expect(page.getByText("Håkonsen-Ré")).toHaveCount(0);
    await expect(family(page)).toHaveCount(0);
    await unlock(page, "a wrong password");
    await expect(main(page)).toContainText(/not the password/u);
    await expect(page.getByLabel(/^Password of/u)).toBeFocused();
    // Refused while the wait after the wrong one lasts, and let in after it.
    await expect(async () => {
      if (await lock(page).isVisible()) await unlock(page);
      await expect(family(page)).toHaveValue("Håkonsen-Ré", { timeout: 5_000 });
    }).toPass();
    expect(page.url()).toContain("/patients/new");
    // It goes on as if nothing had happened.
    await page.getByRole("textbox", { name: "Birth date" }).fill("4/7/2001");
    await page.getByRole("button", { name: "Register" }).click();
    await expect(heading(page, /Håkonsen-Ré/u)).toBeVisible();
  });

  test("the machine's sleep locks at once, and the record answers nobody until it is unlocked", async ({
    page,
    app,
  }) => {
    await halfTyped(page, "Abebe");
    app.sleep();
    await expect(lock(page)).toBeVisible();
    expect(await callBridge(page, "patients.search", { text: "a" })).toMatchObject({
      ok: false,
      refusal: { code: "locked" },
    });
    await unlock(page);
    await expect(family(page)).toHaveValue("Abebe", { timeout: 20_000 });
  });

  test("a minute without a key locks, where the clinic says so; what was typed is kept and comes back", async ({
    page,
  }) => {
    test.slow();
    const clinic = await prepare(page, "clinic.read", {});
    await prepare(page, "clinic.update", { ...clinic, idleMinutes: 1 });
    await halfTyped(page, "Öztürk");
    await keptAsDraft(page);
    // The shortest time there is: this test lasts as long, and no key is pressed meanwhile.
    await expect(lock(page)).toBeVisible({ timeout: 90_000 });
    await expect(page.getByText("Öztürk")).toHaveCount(0);
    expect(await callBridge(page, "drafts.list", {})).toMatchObject({
      ok: false,
      refusal: { code: "locked" },
    });
    await unlock(page);
    await expect(family(page)).toHaveValue("Öztürk", { timeout: 20_000 });
    const [, locked] = await prepare(page, "audit.list", {
      patientId: null,
      userId: null,
      from: null,
      to: null,
      before: null,
      limit: 2,
    });
    expect(locked).toMatchObject({ action: "session.lock", detail: "idle" });
  });

  test("somebody else signs in at a locked screen and does not get the first one's text", async ({
    page,
  }) => {
    await addNurse(page);
    await halfTyped(page, "Zimmermann");
    await keptAsDraft(page);
    await page.keyboard.press("Control+l");
    await page.getByRole("button", { name: "I am somebody else" }).click();
    await signIn(page, NURSE.login, NURSE.password);
    await expect(page.getByText(NURSE.name, { exact: true })).toBeVisible({ timeout: 20_000 });
    await page.goto(new URL("/#/patients/new", page.url()).href);
    await expect(family(page)).toHaveValue("");
    await expect(page.getByText(/^Draft of/u)).toHaveCount(0);
  });
});

test.describe("Drafts", () => {
  test.beforeEach(async ({ page, app }) => readyRecord(page, app));

  const draft = (page: Page) => page.getByRole("status").filter({ hasText: /Draft of/u });

  test("come back after a reload, to be resumed", async ({ page }) => {
    await halfTyped(page, "Dvořák");
    await keptAsDraft(page);
    await page.reload();
    await expect(draft(page)).toBeVisible();
    await draft(page).getByRole("button", { name: "Resume" }).click();
    await expect(family(page)).toHaveValue("Dvořák");
  });

  test("are listed in Today, and are gone for good when they are discarded", async ({ page }) => {
    await halfTyped(page, "Dvořák");
    await keptAsDraft(page);
    await page.getByRole("link", { name: "Today", exact: true }).click();
    await page.getByRole("link", { name: /^Resume the registration/u }).click();
    await draft(page).getByRole("button", { name: "Discard" }).click();
    await expect(draft(page)).toHaveCount(0);
    await expect(family(page)).toHaveValue("");
    await page.reload();
    await expect(family(page)).toHaveValue("");
    await expect(draft(page)).toHaveCount(0);
    expect(await prepare(page, "drafts.list", {})).toEqual([]);
  });

  test("survive a power cut: what was kept a moment before is there when the program starts again", async ({
    page,
    app,
  }) => {
    await halfTyped(page, "Nguyễn Thị");
    await keptAsDraft(page);
    await app.kill();
    await app.restart();
    await comeBack(page, app);
    await expect(heading(page, "Today")).toBeVisible({ timeout: 20_000 });
    await page.goto(new URL("/#/patients/new", page.url()).href);
    await draft(page).getByRole("button", { name: "Resume" }).click();
    await expect(family(page)).toHaveValue("Nguyễn Thị");
    // Registered, it is a draft no longer.
    await page.getByRole("textbox", { name: "Birth date" }).fill("4/7/2001");
    await page.getByRole("button", { name: "Register" }).click();
    await expect(heading(page, /Nguyễn Thị/u)).toBeVisible();
    expect(await prepare(page, "drafts.list", {})).toEqual([]);
  });
});

test.describe("Several people", () => {
  test.beforeEach(async ({ page, app }) => readyRecord(page, app));

  /** Opens Settings, Accounts. */
  async function accounts(page: Page): Promise<void> {
    await page.goto(new URL("/#/settings/accounts", page.url()).href);
    await expect(
      heading(page, "Accounts")
        .or(page.getByRole("heading", { name: "Accounts" }))
        .first(),
    ).toBeVisible();
  }

  const rowOf = (page: Page, name: string) => page.getByRole("row", { name: new RegExp(name, "u") });

  test("a nurse writes a visit but cannot sign it, prescribe, or read the audit trail", async ({ page }) => {
    await addNurse(page);
    const { id: patientId } = await prepare(page, "patients.register", {
      familyName: "Alvarez",
      givenNames: "Inés",
      preferredName: "",
      birthDate: "2001-02-03",
      recordNumber: "",
      phone: "",
      email: "",
      address: "",
      guardianName: "",
      guardianPhone: "",
      allergies: { status: "none-known", items: [] },
    });
    const course = await prepare(page, "courses.open", {
      patientId,
      decidedOn: (await prepare(page, "session.status", {})).today ?? "",
      indication: "severe-nodular",
      indicationNote: "",
      igaAtStart: 4,
      scars: "mild",
      earlierTreatments: [],
      earlierIsotretinoin: { taken: "no", totalMg: null, endedOn: null },
      conditions: {},
      conditionsNote: "",
      familyHistory: {},
      medicines: [],
      productId: "generic-conventional",
      referenceWeightKg: 60,
      targetMgPerKg: 120,
      programme: "ipledge",
      category: { category: "cannot", criterion: "cisgender-male", evidence: "Seen." },
    });
    await signOut(page);
    await signIn(page, NURSE.login, NURSE.password);
    await expect(heading(page, "Today")).toBeVisible({ timeout: 20_000 });

    await page.goto(new URL(`/#/patients/${patientId}/visits/new`, page.url()).href);
    await page.getByRole("textbox", { name: /^Weight/u }).fill("61");
    await expect(page.getByRole("button", { name: /^Sign/u })).toHaveCount(0);
    await page.getByRole("region", { name: "Save and sign" }).getByRole("button", { name: /^Save/u }).click();
    await expect(page.getByText("Visit saved.")).toBeVisible();

    await page.goto(new URL(`/#/patients/${patientId}/prescriptions`, page.url()).href);
    await expect(page.getByRole("region", { name: /^Can/u })).toBeVisible();
    await expect(page.getByRole("form", { name: "Issue a prescription" })).toHaveCount(0);

    await page.goto(new URL("/#/settings", page.url()).href);
    await expect(page.getByRole("link", { name: "My password" })).toBeVisible();
    await expect(page.getByRole("link", { name: /Audit|Accounts/u })).toHaveCount(0);
    await page.goto(new URL("/#/settings/audit", page.url()).href);
    await expect(main(page)).toContainText("Your roles do not allow this.");

    // And the door says the same to whoever passes by the screens.
    for (const [method, input] of [
      ["audit.list", { patientId: null, userId: null, from: null, to: null, before: null, limit: 10 }],
      ["accounts.list", {}],
      [
        "prescribing.issue",
        {
          courseId: course.id,
          visitId: null,
          productId: "generic-conventional",
          daysSupply: 30,
          capsules: [{ strengthMg: 20, morning: 1, evening: 0 }],
          confirmed: [],
        },
      ],
    ] as const)
      expect(await callBridge(page, method, input), method).toMatchObject({
        ok: false,
        refusal: { code: "not-allowed" },
      });
  });

  test("reception finds and registers patients and reads no visit and no result", async ({ page }) => {
    await prepare(page, "accounts.add", { ...RECEPTION, roles: ["reception"] });
    await signOut(page);
    await signIn(page, RECEPTION.login, RECEPTION.password);
    await expect(heading(page, "Today")).toBeVisible({ timeout: 20_000 });
    await page.goto(new URL("/#/patients/new", page.url()).href);
    await family(page).fill("Sato");
    await page.getByRole("textbox", { name: "Birth date" }).fill("4/7/2001");
    await page.getByRole("button", { name: "Register" }).click();
    await expect(heading(page, /Sato/u)).toBeVisible();
    for (const tab of ["Labs", "Programme", "Visits"]) {
      await page.getByRole("navigation", { name: "Chart" }).getByRole("link", { name: tab }).click();
      await expect(page.getByRole("link", { name: /^New visit/u })).toHaveCount(0);
      await expect(page.getByRole("button", { name: /Enter results/u })).toHaveCount(0);
    }
  });

  test("an administrator adds a person, disables them, and lets them back in with a new password only", async ({
    page,
  }) => {
    await accounts(page);
    await page.getByRole("button", { name: "Add a person" }).click();
    await page.getByRole("textbox", { name: "Name", exact: true }).fill(NURSE.name);
    await page.getByRole("textbox", { name: "User name" }).fill(NURSE.login);
    await page.getByRole("checkbox", { name: "Nurse" }).check();
    await page.getByLabel(/^(First )?password/iu).fill(NURSE.password);
    await page.getByRole("region", { name: "Add a person" }).getByRole("button", { name: /^Add/u }).click();
    await expect(rowOf(page, "Maja Lind")).toContainText("Enabled");

    await page.getByRole("button", { name: `Change ${NURSE.name}` }).click();
    await page.getByRole("button", { name: "Disable", exact: true }).click();
    await expect(rowOf(page, "Maja Lind")).toContainText("Disabled");

    await signOut(page);
    await signIn(page, NURSE.login, NURSE.password);
    await expect(main(page)).toContainText(/Wait \d+ second/u, { timeout: 20_000 });
    await expect(async () => {
      if (await heading(page, "Sign in").isVisible()) await signIn(page);
      await expect(page.getByText(DOCTOR.name, { exact: true })).toBeVisible({ timeout: 3_000 });
    }).toPass();

    await accounts(page);
    await page.getByRole("button", { name: `Change ${NURSE.name}` }).click();
    await page.getByLabel(/^New password/u).fill("yet another long phrase");
    await page.getByRole("button", { name: "Enable", exact: true }).click();
    await expect(rowOf(page, "Maja Lind")).toContainText("Enabled");
    await signOut(page);
    expect(
      await callBridge(page, "session.signIn", { login: NURSE.login, password: NURSE.password }),
    ).toMatchObject({ ok: false });
    await expect(async () => {
      if (await heading(page, "Sign in").isVisible())
        await signIn(page, NURSE.login, "yet another long phrase");
      await expect(page.getByText(NURSE.name, { exact: true })).toBeVisible({ timeout: 3_000 });
    }).toPass();
  });

  test("an administrator resets a forgotten password", async ({ page }) => {
    await addNurse(page);
    await accounts(page);
    await page.getByRole("button", { name: `Change ${NURSE.name}` }).click();
    await page.getByLabel("New password", { exact: true }).fill("short");
    await page.getByRole("button", { name: "Set the password" }).click();
    await expect(page.getByText("At least 10 characters.").first()).toBeVisible();
    await page.getByLabel("New password", { exact: true }).fill("yet another long phrase");
    await page.getByRole("button", { name: "Set the password" }).click();
    await expect(page.getByText("Password set.")).toBeVisible();
    await signOut(page);
    await signIn(page, NURSE.login, "yet another long phrase");
    await expect(page.getByText(NURSE.name, { exact: true })).toBeVisible({ timeout: 20_000 });
  });

  test("the last administrator can neither be disabled nor be made less", async ({ page }) => {
    await accounts(page);
    await page.getByRole("button", { name: `Change ${DOCTOR.name}` }).click();
    await expect(page.getByRole("button", { name: "Disable", exact: true })).toHaveCount(0);
    await page.getByRole("checkbox", { name: "Administrator" }).uncheck();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(main(page)).toContainText(/administrator/u);
    await expect(page.getByRole("region", { name: /^Change/u })).toContainText(/last|only|at least one/u);
    const [me] = await prepare(page, "accounts.list", {});
    expect(await callBridge(page, "accounts.disable", { id: me?.id })).toMatchObject({ ok: false });
    expect(await prepare(page, "accounts.list", {})).toMatchObject([
      { enabled: true, roles: ["prescriber", "administrator"] },
    ]);
  });
});

test("the recovery code opens the record with a new password, and then another code holds", async ({
  page,
  app,
}) => {
  const code = await createRecord(page, app.record);
  await signOut(page);
  const recover = async (typed: string): Promise<void> => {
    await page.getByLabel("Recovery code").fill(typed);
    await page.getByLabel(/^User name of an administrator/u).fill(DOCTOR.login);
    await page.getByLabel("New password").fill("brand new passphrase of mine");
    await page.getByRole("button", { name: "Set the password and open" }).click();
  };
  await page.getByRole("button", { name: /recovery code/u }).click();
  // A group in another's place may pass its check by chance; not all of them do.
  await recover(code.split("-").toReversed().join("-"));
  await expect(main(page)).toContainText(/Group \d was mistyped\./u, { timeout: 20_000 });
  await expect(async () => {
    await recover(code.toLowerCase());
    await expect(heading(page, "The recovery code")).toBeVisible({ timeout: 5_000 });
  }).toPass();
  const next = (await page.getByTestId("recovery-code").innerText()).trim();
  expect(next).not.toBe(code);
  await page.getByLabel("I have printed or written it down").check();
  await page.getByRole("button", { name: "Go to the record" }).click();
  await expect(heading(page, "Today")).toBeVisible();
  await signOut(page);
  expect(await callBridge(page, "session.signIn", { login: DOCTOR.login, password: PASSWORD })).toMatchObject(
    { ok: false },
  );
  await expect(async () => {
    if (await heading(page, "Sign in").isVisible())
      await signIn(page, DOCTOR.login, "brand new passphrase of mine");
    await expect(heading(page, "Today")).toBeVisible({ timeout: 3_000 });
  }).toPass();
});

test.describe("Two tabs", () => {
  test.beforeEach(async ({ page, app }) => readyRecord(page, app));

  async function secondTab(page: Page, app: RunningApp): Promise<Page> {
    const second = await page.context().newPage();
    await second.goto(app.address);
    await expect(heading(second, "Today")).toBeVisible();
    return second;
  }

  test("are one session: locking one locks the other, and unlocking opens both", async ({ page, app }) => {
    const second = await secondTab(page, app);
    await page.keyboard.press("Control+l");
    await expect(lock(page)).toBeVisible();
    await expect(lock(second)).toBeVisible();
    await unlock(second);
    await expect(heading(second, "Today")).toBeVisible({ timeout: 20_000 });
    await expect(heading(page, "Today")).toBeVisible();
  });
});

// A limit on the size of a file is a full disk that needs no rights; Windows has no such limit.
test.describe("A full disk", () => {
  test.skip(process.platform === "win32", "Windows has no limit on the size of a file.");

  test("is said in plain words, nothing is half saved, the text stays, and with room it is saved", async ({
    page,
    app,
  }) => {
    await readyRecord(page, app);
    await app.restart({ fileLimit: 1_500 });
    await comeBack(page, app);
    await expect(heading(page, "Today")).toBeVisible({ timeout: 20_000 });
    // Past the screens, until the last small write finds no room.
    await untilRefused(page, "patients.register", (count) => ({
      ...somebody,
      familyName: `Family ${count}`,
    }));
    await untilRefused(page, "drafts.save", () => ({
      key: "clinic",
      patientId: null,
      baseVersion: null,
      body: {},
    }));

    await halfTyped(page, "Lindqvist");
    await page.getByRole("textbox", { name: "Birth date" }).fill("4/7/2001");
    await page.getByRole("button", { name: "Register" }).click();
    await expect(page.getByRole("alert")).toContainText("The disk is full");
    await expect(page.getByRole("alert")).toContainText("nothing was saved");
    await expect(family(page)).toHaveValue("Lindqvist");
    await expect(page.getByText(/^Draft not saved: The disk is full/u)).toBeVisible();
    // Reading goes on, and nobody was half registered.
    expect(await prepare(page, "patients.search", { text: "Family 0" })).toHaveLength(1);
    expect(await prepare(page, "patients.search", { text: "Lindqvist" })).toEqual([]);

    await app.restart({ fileLimit: null });
    await comeBack(page, app);
    await expect(heading(page, "Today")).toBeVisible({ timeout: 20_000 });
    expect(await prepare(page, "audit.verify", {})).toMatchObject({ brokenAt: null });
    await halfTyped(page, "Lindqvist");
    await page.getByRole("textbox", { name: "Birth date" }).fill("4/7/2001");
    await page.getByRole("button", { name: "Register" }).click();
    await expect(heading(page, /Lindqvist/u)).toBeVisible();
  });
});

/** Calls a method again and again, until the answer is a refusal. */
async function untilRefused(page: Page, method: Method, input: (count: number) => object): Promise<void> {
  for (let count = 0; count < 1_000; count += 1) {
    const answer = (await callBridge(page, method, input(count))) as { ok: boolean };
    if (!answer.ok) return;
  }
  throw new Error(`${method} was never refused`);
}

const somebody = {
  givenNames: "Alex",
  preferredName: "",
  birthDate: "2001-02-03",
  recordNumber: "",
  phone: "",
  email: "",
  address: "A long road ".repeat(20),
  guardianName: "",
  guardianPhone: "",
  allergies: { status: "none-known", items: [] },
};

test("light or dark is remembered when the program is started again, also in another window's storage", async ({
  page,
  app,
  browser,
}) => {
  await readyRecord(page, app);
  await page.goto(new URL("/#/settings/clinic", page.url()).href);
  await page.getByRole("radio", { name: "Dark" }).check();
  await expect(page.locator("html")).toHaveCSS("color-scheme", "dark");
  await app.restart();
  // A new context has none of the page's own storage, as a new Electron window has none.
  const other = await browser.newContext();
  const tab = await other.newPage();
  await tab.goto(app.address);
  await expect(heading(tab, "Sign in")).toBeVisible();
  await expect(tab.locator("html")).toHaveCSS("color-scheme", "dark");
  await other.close();
});
