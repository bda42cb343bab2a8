/** The floor: the same rows, read or written by hand-written prepared statements on the same file, and nothing else. */
import { randomUUID } from "node:crypto";
import type Database from "better-sqlite3";

/** The reads and writes that the application's are compared with. */
export type Floor = {
  search(token: string): number;
  chart(patientId: string): number;
  flowsheet(patientId: string): number;
  today(): number;
  save(courseId: string, patientId: string, accountId: string, data: string): void;
};

/** Prepares the statements once. The numbers returned count the rows, so that nothing can be left out unseen. */
export function floorOf(file: Database.Database): Floor {
  const search = file.prepare(
    `select p.id, r.family_name, r.given_names, r.preferred_name, r.birth_date, r.record_number, r.phone
     from patient_token t join patient p on p.id = t.patient_id
     join patient_revision r on r.patient_id = p.id and r.version = p.version
     where t.token >= ? and t.token < ? group by p.id order by r.family_name, r.given_names limit 20`,
  );
  const chart = [
    `select * from patient p join patient_revision r on r.patient_id = p.id and r.version = p.version where p.id = ?`,
    `select * from course c join course_revision r on r.course_id = c.id and r.version = c.version where c.patient_id = ?`,
    `select v.id, v.visit_date, v.state, r.weight_kg, r.iga, r.dose_action, r.daily_mg, r.dose_from, r.missed_doses, r.next_visit_on, r.data
       from visit v join visit_revision r on r.visit_id = v.id and r.version = v.version where v.patient_id = ?`,
    `select e.* from course c join programme_entry e on e.course_id = c.id
       left join programme_entry n on n.replaces_id = e.id where c.patient_id = ? and e.status = 'recorded' and n.id is null`,
    `select p.id, p.issued_on, p.recorded_at, p.days_supply, p.product_id from course c join prescription p on p.course_id = c.id
       left join prescription n on n.replaces_id = p.id where c.patient_id = ? and p.status = 'recorded' and n.id is null`,
  ].map((sql) => file.prepare(sql));
  const flowsheet = file.prepare(
    `select l.* from lab_result l left join lab_result n on n.replaces_id = l.id
     where l.patient_id = ? and l.status = 'recorded' and n.id is null order by l.collected_on`,
  );
  const today = [
    `select c.id, c.patient_id, r.data, pr.birth_date, pr.family_name, pr.given_names from course c
       join course_revision r on r.course_id = c.id and r.version = c.version
       join patient p on p.id = c.patient_id
       join patient_revision pr on pr.patient_id = p.id and pr.version = p.version where c.open = 1`,
    `select e.* from course c join programme_entry e on e.course_id = c.id
       left join programme_entry n on n.replaces_id = e.id where c.open = 1 and e.status = 'recorded' and n.id is null`,
    `select p.id, p.course_id, p.issued_on, p.recorded_at, p.days_supply, p.product_id from course c join prescription p on p.course_id = c.id
       left join prescription n on n.replaces_id = p.id where c.open = 1 and p.status = 'recorded' and n.id is null`,
    `select v.id, v.course_id, v.visit_date, v.state, r.next_visit_on from course c join visit v on v.course_id = c.id
       join visit_revision r on r.visit_id = v.id and r.version = v.version where c.open = 1`,
  ].map((sql) => file.prepare(sql));
  const visit = file.prepare("insert into visit values (?,?,?,?,1,'draft',null,?)");
  const revision = file.prepare(
    "insert into visit_revision values (?,1,65,2,'continue',40,?,0,?,?,'{\"labs\":[],\"entries\":[]}',?,?)",
  );
  const result = file.prepare(
    "insert into lab_result values (?,?,?,?,?,null,22,'','U/L',7,41,null,'','recorded',null,'',?,?)",
  );
  const save = file.transaction((courseId: string, patientId: string, accountId: string, data: string) => {
    const id = randomUUID();
    const on = "2199-01-01";
    const at = "2199-01-01T10:00:00.000Z";
    visit.run(id, patientId, courseId, on, at);
    revision.run(id, on, on, data, accountId, at);
    for (const test of ["alt", "ast", "ggt", "ck"])
      result.run(randomUUID(), patientId, id, test, on, accountId, at);
  });
  const rowsOf = (statements: Database.Statement[], ...values: string[]): number =>
    statements.reduce((sum, one) => sum + one.all(...values).length, 0);
  return {
    search: (token) => search.all(token, `${token}\u{10FFFF}`).length,
    chart: (patientId) => rowsOf(chart, patientId),
    flowsheet: (patientId) => flowsheet.all(patientId).length,
    today: () => rowsOf(today),
    save: (...values) => {
      save.immediate(...values);
    },
  };
}
