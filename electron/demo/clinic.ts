/** The demo's clinic and its people. Nothing here is real; the password (`DEMO_PASSWORD`) is shown when one signs in. */
import type { Role } from "#shared/records/account.ts";
import type { Clinic } from "#shared/records/clinic.ts";

/** The clinic of the demo. Its numbers are from the range that is kept for fiction (555-01xx). */
export const demoClinic: Clinic = {
  name: "Linden Street Dermatology (demo)",
  address: "12 Linden Street\nSpringfield, NY 10999",
  phone: "(555) 555-0142",
  afterHoursPhone: "(555) 555-0199",
  zone: "America/New_York",
  letterhead: "Amara Okafor, MD · Ines Halvorsen, RN",
  dateStyle: "mdy",
  weightUnit: "lb",
  labUnits: "conventional",
  crisisLine: "Call or text 988 at any hour (Suicide & Crisis Lifeline)",
  idleMinutes: 10,
};

/** Its people; the first one is signed in. */
export const demoPeople: readonly [DemoPerson, DemoPerson, DemoPerson] = [
  { login: "doctor", name: "Amara Okafor, MD", roles: ["prescriber", "administrator"] },
  { login: "nurse", name: "Ines Halvorsen, RN", roles: ["nurse"] },
  { login: "reception", name: "Tom Birch", roles: ["reception"] },
];
/** One of them. */
export type DemoPerson = { login: string; name: string; roles: Role[] };
