/** Fictitious people of the demo clinic: names from many languages, so that no screen is ever tested on plain ASCII alone. */
import type { PatientFields } from "#shared/records/patient.ts";
import type { RiskCategory } from "#shared/records/course.ts";

/** A person of the demo: the name, the age today and how much they weigh. */
export type DemoPerson = Pick<PatientFields, "familyName" | "givenNames" | "preferredName"> & {
  age: number;
  category: RiskCategory;
  weightKg: number;
  allergies?: readonly string[];
  guardian?: string;
};

const can = (
  familyName: string,
  givenNames: string,
  age: number,
  weightKg: number,
  more: Partial<DemoPerson> = {},
): DemoPerson => ({
  familyName,
  givenNames,
  preferredName: "",
  age,
  weightKg,
  category: "can",
  ...more,
});
const cannot = (
  familyName: string,
  givenNames: string,
  age: number,
  weightKg: number,
  more: Partial<DemoPerson> = {},
): DemoPerson => ({
  ...can(familyName, givenNames, age, weightKg, more),
  category: "cannot",
});

/** Those whose stories are told one by one in `stories.ts`, by the story's name. */
export const cast = {
  waitingMonth: can("O’Rourke-Ní Bhriain", "Siobhán", 22, 61.4),
  waitingOver: can("Nguyễn", "Thị Ánh Tuyết", 26, 49.8, { preferredName: "Tuyết" }),
  windowOpen: can("García-López", "María José", 24, 64.0, { allergies: ["Penicillin"] }),
  windowClosing: can("Wiśniewska", "Łucja", 31, 57.3),
  windowMissed: can("D’Souza", "Zoë", 19, 55.0),
  visitToday: can("Παπαδοπούλου", "Ελένη", 28, 60.2),
  questionsMissing: can("Te Kanawa", "Aroha", 23, 72.5),
  highTriglycerides: cannot("Ågård", "Søren", 33, 88.1),
  onHold: cannot("Groß", "Jürgen", 27, 79.4),
  positiveTest: can("Okonkwo", "Chinonso", 25, 66.7),
  postTreatment: can("Yıldız", "İpek", 29, 58.8),
  relapse: cannot("van der Berg", "Thijs", 21, 74.2, { allergies: ["Soya", "Peanut"] }),
  moodAlert: cannot("Соколов", "Юрий", 18, 69.9),
  referred: cannot("Suharto", "", 20, 62.0),
  incomplete: can("Keliʻiokalani", "Kahanu", 20, 59.1),
  minor: can("de Oliveira e Silva", "Ana Sofia", 15, 52.6, { guardian: "Helena de Oliveira" }),
  homeTest: can("Þórsdóttir", "Björk", 30, 63.3),
  abstinent: can("Ben-Ami", "Noa", 21, 54.4),
  finished: cannot("Şahin", "Mehmet", 24, 81.0),
  abroad: can("Pritchard-Okeke", "Ffion", 24, 60.8),
  unsigned: cannot("Fitzgerald", "Aidan", 17, 66.0, { guardian: "Maeve Fitzgerald" }),
} as const satisfies Record<string, DemoPerson>;

/** The rest of the clinic: ordinary courses in every month. */
export const ordinary: readonly DemoPerson[] = [
  cannot("Müller", "Jonas", 19, 71.5),
  cannot("Hernández Ruiz", "Iker", 22, 77.0),
  cannot("Kovač", "Željko", 35, 90.3),
  cannot("Ó Súilleabháin", "Pádraig", 26, 82.4),
  cannot("Lefèvre", "François", 23, 68.8),
  cannot("Nakamura", "Ren", 20, 60.5),
  cannot("Trần", "Minh Đức", 18, 58.2),
  cannot("Håkansson", "Åke", 41, 85.9),
  cannot("Adeyemi", "Oluwaseun", 29, 78.3),
  cannot("Čapek", "Ondřej", 25, 80.7),
  cannot("MacLeòid", "Ruairidh", 16, 63.9, { guardian: "Catrìona NicLeòid" }),
  cannot("Al-Haddad", "Yusuf", 24, 75.1),
  can("Kowalczyk", "Małgorzata", 27, 62.0),
  can("Ramírez", "Xóchitl", 23, 58.9),
  can("Lindqvist", "Ebba", 33, 67.2),
  can("Iyer", "Ananya", 22, 53.7),
  can("Bērziņa", "Līga", 30, 61.8),
  can("Horváth", "Zsófia", 25, 56.1),
  can("Popescu", "Ștefania", 36, 70.4),
  can("N’Diaye", "Aïssatou", 28, 64.6),
];
